"""Pages of the site poured into the frame that Quarto writes, for machines without Quarto."""

import re
import shutil
from pathlib import Path
from string import Template

from lxml import html

from helpers.paths import ROOT
from helpers.site.project import Project

_SKELETON = Path(__file__).with_name("skeleton")
_VARIABLE = re.compile(r"^\$([\w-]+): (.+);$", re.MULTILINE)
_LINK = '<li class="nav-item"><a class="nav-link{}" href="{}"{}>{}</a></li>'


def pour(site: Path, output: Path) -> None:
    """Write a site that pandoc rendered as Quarto would frame it.

    Parameters
    ----------
    site : Path
        The finished site.
    output : Path
        The folder to write into; must not exist.
    """
    shutil.copytree(site, output)
    frame = Template((_SKELETON / "page.html").read_text(encoding="utf-8"))
    for page in output.rglob("*.html"):
        root = "../" * (len(page.relative_to(output).parts) - 1)
        tree = html.parse(page).getroot()
        page.write_text(frame.substitute(_parts(tree), root=root), encoding="utf-8")
    _libraries(output / "site_libs")


def _parts(tree: html.HtmlElement) -> dict[str, str]:
    """Take a page of pandoc's apart."""
    contents = _inside(tree, "#TOC").replace('class="toc-title"', 'id="toc-title"')
    toc = '<nav id="{}" role="doc-toc">' + contents + "</nav>" if contents else ""
    return {
        "title": _inside(tree, "title"),
        "announcement": _inside(tree, "#quarto-announcement p"),
        "menu": _links(tree, ".site-header nav a"),
        "margin_contents": toc.format("TOC"),
        "heading": _inside(tree, "h1"),
        "description": _inside(tree, ".description"),
        "body_contents": toc.format("TOC-body"),
        "body": _inside(tree, ".content"),
        "after": "\n".join(map(_read, Project(ROOT).html["include-after-body"])),
        "footer": _links(tree, ".site-footer a"),
        "updated": _inside(tree, ".site-footer p"),
    }


def _read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def _inside(tree: html.HtmlElement, path: str) -> str:
    found = tree.cssselect(path)
    if not found:
        return ""
    parts = (html.tostring(part, encoding="unicode") for part in found[0])
    return (found[0].text or "") + "".join(parts)


def _links(tree: html.HtmlElement, path: str) -> str:
    return "\n".join(map(_link, tree.cssselect(path)))


def _link(link: html.HtmlElement) -> str:
    is_here = link.get("aria-current") == "page"
    here = (" active", ' aria-current="page"') if is_here else ("", "")
    return _LINK.format(here[0], link.get("href"), here[1], link.text)


def _libraries(folder: Path) -> None:
    """Write what a page loads: each theme's variables with the frame's rules, and empty scripts."""
    rules = (_SKELETON / "frame.css").read_text(encoding="utf-8")
    own = re.sub(r"//.*|/\*--.*--\*/", "", _read("reports/frame.scss"))
    for theme, file in (("light", "bootstrap"), ("dark", "bootstrap-dark")):
        variables = _VARIABLE.findall(_read(f"reports/{theme}.scss"))
        root = "".join(f"--{name}: {value};" for name, value in variables)
        style = folder / "bootstrap" / f"{file}-0123456789abcdef.min.css"
        style.parent.mkdir(parents=True, exist_ok=True)
        style.write_text(f":root {{ {root} }}\n{rules}\n{own}", encoding="utf-8")
    for name in ("quarto-nav/quarto-nav.js", "quarto-html/quarto.js"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).touch()
