"""The glossary's terms, linked where a page first uses them."""

import json
import os
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from helpers.site.project import Project
from helpers.site.source import FENCE

GLOSSARY = Path("reports") / "glossary.qmd"
_TERM = re.compile(r"^\[([^\]]+)\]\{#([\w-]+)\}$", re.MULTILINE)
_ENDING = r"(?:e[nrt]?|a|s|n|t|erna|ens|ets|or|orna)?"
_PROSE = re.compile(r"\n*(?:\w|\*\*?\w)")
"""How a paragraph begins; headings, tables, lists, divs, raw HTML and options begin otherwise."""
_LEFT_ALONE = r"`[^`]*`|!?\[[^\]]*\](?:\([^)]*\)|\{[^}]*\})?|<[^>]*>|\{\{.*?\}\}|@[\w-]+"


def link(project: Project) -> None:
    """Link each term to its explanation, once a page, in the staged pages themselves.

    Parameters
    ----------
    project : Project
        The stage, whose files are rewritten.
    """
    if not (project.root / GLOSSARY).is_file():
        return
    terms = read((project.root / GLOSSARY).read_text(encoding="utf-8"))
    for page in project.pages():
        if page != GLOSSARY:
            to = os.path.relpath(GLOSSARY, page.parent).replace(os.sep, "/")
            _link_page(project.root / page, dict(terms), to)


def read(glossary: str) -> dict[str, str]:
    """Read each term, in lower case, and the id of its explanation.

    A heading of two terms, parted by a comma, is both.
    """
    return {
        term.casefold(): name
        for heading, name in _TERM.findall(glossary)
        for term in heading.split(", ")
    }


def linked(text: str, terms: dict[str, str], to: str) -> str:
    """Link the first use of each term in a text's paragraphs.

    Parameters
    ----------
    text : str
        Markdown.
    terms : dict of str
        Ids by term; those that are linked are taken out.
    to : str
        The glossary's address from the page.

    Returns
    -------
    str
        The text, changed in nothing else.
    """
    return "".join(
        _linked(block, terms, to) if is_prose else block for block, is_prose in _blocks(text)
    )


def _blocks(text: str) -> Iterator[tuple[str, bool]]:
    """Part a text at its empty lines, and say which parts are paragraphs."""
    fence = ""
    for block in re.split(r"(\n[ \t]*\n)", text):
        is_prose = not fence and bool(_PROSE.match(block))
        for line in block.split("\n"):
            mark = FENCE.match(line)
            if mark and not fence:
                fence = mark[1]
            elif mark and mark[1].startswith(fence):
                fence = ""
        yield block, is_prose and not FENCE.search(block)


def _linked(paragraph: str, terms: dict[str, str], to: str) -> str:
    if not terms:
        return paragraph
    longest_first = "|".join(map(re.escape, sorted(terms, key=len, reverse=True)))
    pattern = rf"{_LEFT_ALONE}|(?<![\w-])({longest_first}){_ENDING}(?![\w-])"
    return re.sub(pattern, partial(_first, terms, to), paragraph, flags=re.IGNORECASE | re.DOTALL)


def _first(terms: dict[str, str], to: str, found: re.Match[str]) -> str:
    name = terms.pop((found[1] or "").casefold(), None)
    if name is None:
        return found[0]
    for other in [term for term, one in terms.items() if one == name]:
        del terms[other]
    return f"[{found[0]}]({to}#{name})"


def _link_page(path: Path, terms: dict[str, str], to: str) -> None:
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".ipynb":
        front, mark, body = text.partition("\n---\n")
        path.write_text(front + mark + linked(body, terms, to), encoding="utf-8")
        return
    notebook = json.loads(text)
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            cell["source"] = linked("".join(cell["source"]), terms, to)
    path.write_text(json.dumps(notebook, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
