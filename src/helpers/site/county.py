"""A county's site, of what its municipalities have sent: all of them pooled, and a page each."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from helpers import paths, show
from helpers.data.peers import PeersProblem, read_peers
from helpers.questions.county import across
from helpers.questions.gap import Gaps
from helpers.show.shown import Shown
from helpers.show.words import capital, day
from helpers.site import generated
from helpers.site.exchange import Delivery, read_all
from helpers.site.pandoc import render as pandoc
from helpers.site.problem import SiteProblem
from helpers.site.project import FILE, Project
from helpers.site.scan import scan_site

_MARK = "county.json"
_TITLE = "Lika vård i länet"
_INTRO = (
    "Varje kommun har räknat på sina egna ärenden och skickat antal med brus. Här vägs "
    "kommunernas skillnader samman. De sanna skillnaderna får vara olika stora. Hur mycket de "
    "skiljer sig åt står vid varje fråga. En skillnad är kvinnor minus män, en kvot är kvinnor "
    "genom män."
)
_WHOSE = "Siffrorna bygger på kommunernas egna ärendedata."

_CAPTIONS = (
    "Skillnaden i varje kommun och sammanvägd, med 95 % intervall. En ifylld punkt är "
    "säkerställd. Inom parentes står antalet.",
    "Skillnaden efter hur många den bygger på. Mellan de streckade linjerna ligger 95 % av "
    "kommunerna om bara slumpen skiljer dem åt.",
)
_OF_ONE = "Alla uppmätta skillnader mellan kvinnor och män, med 95 % intervall."

Answers = Mapping[str, Mapping[str, Gaps]]
"""Gaps by question and municipality."""


def build(files: Sequence[Path], keys: Path, out: Path) -> Path:
    """Build the county's site.

    Parameters
    ----------
    files : sequence of Path
        What the municipalities have sent.
    keys : Path
        The folder of their public keys.
    out : Path
        Where the site is put, in the place of a former one.

    Returns
    -------
    Path
        The front page.

    Raises
    ------
    SiteProblem
        If a file is refused, the folder holds something else, or a page gives something away.
        Nothing is then changed.
    """
    if out.exists() and not out.is_dir():
        raise SiteProblem(f"{out} är en fil. Välj en mapp.")
    if out.exists() and any(out.iterdir()) and not (out / _MARK).exists():
        raise SiteProblem(f"Mappen {out} är inte tom. Välj en annan.")
    deliveries = read_all(files, keys)
    out.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=out.parent) as folder:
        project, new = _project(Path(folder) / "stage", deliveries), Path(folder) / "new"
        pandoc.render(project, new)
        (new / _MARK).write_text(json.dumps(sorted(one.municipality for one in deliveries)))
        if findings := scan_site(new):
            told = "\n".join(f"- {finding}" for finding in findings)
            raise SiteProblem(f"Länets sidor får inte publiceras:\n{told}")
        if out.exists():
            out.rename(Path(folder) / "old")
        new.rename(out)
    return out / "index.html"


def _project(stage: Path, deliveries: Sequence[Delivery]) -> Project:
    names = _names(deliveries)
    answers = {names[one.municipality]: one.gaps for one in deliveries}
    pages = {"index": _index(answers)} | {
        one.municipality: _page(names[one.municipality], answers[names[one.municipality]])
        for one in deliveries
    }
    links = {"index": "Alla kommuner"} | {
        one.municipality: names[one.municipality] for one in deliveries
    }
    (stage / generated.FOLDER).mkdir(parents=True)
    for name, text in pages.items():
        (stage / f"{name}.qmd").write_text(text, encoding="utf-8")
    html = Project(paths.SHIPPED).html
    for part in (html["css"], *html["include-after-body"]):
        (stage / part).write_text(
            (paths.SHIPPED / part).read_text(encoding="utf-8"), encoding="utf-8"
        )
    is_own = generated.is_own([{"source": one.data} for one in deliveries])
    settings = generated.website(
        [{"source": one.data} for one in deliveries], None, _WHOSE if is_own else None
    )
    (stage / generated.FOLDER / "website.yml").write_text(settings, encoding="utf-8")
    (stage / FILE).write_text(_settings(links), encoding="utf-8")
    return Project(stage)


def _settings(links: Mapping[str, str]) -> str:
    """Take the site's own settings, but for its pages and menus."""
    config = Project(paths.SHIPPED).config
    config["project"] |= {"render": [f"{name}.qmd" for name in links], "resources": []}
    menu = [{"href": f"{name}.qmd", "text": text} for name, text in links.items()]
    config["website"] |= {"title": _TITLE, "navbar": {"left": menu}, "page-footer": {"left": []}}
    return yaml.safe_dump(config, allow_unicode=True)


def _names(deliveries: Sequence[Delivery]) -> dict[str, str]:
    """Name municipalities as the open data do, where they have them."""
    try:
        rows = read_peers().rows
        known = dict(zip(rows["place_code"], rows["place"], strict=True))
    except PeersProblem:
        known = {}
    numbers = [one.municipality for one in deliveries]
    return {number: known.get(number, f"Kommun {number}") for number in numbers}


def _index(answers: Answers) -> str:
    questions = dict.fromkeys(question for own in answers.values() for question in own)
    parts = [_head(_TITLE), _INTRO]
    for question in questions:
        gaps = {name: own[question].headline for name, own in answers.items() if question in own}
        parts += [f"## {capital(next(iter(gaps.values())).measure.name)}"]
        shown = show.county.question(across(gaps))
        parts += [
            _figure(one, f"{question}-{number}", caption)
            for number, (one, caption) in enumerate(zip(shown, _CAPTIONS, strict=False), start=1)
        ]
    return "\n\n".join(parts)


def _page(name: str, answers: Mapping[str, Gaps]) -> str:
    last = max(gaps.published.as_of for gaps in answers.values())
    parts = [_head(name), f"Uppgifter till och med {day(last)}."]
    for gaps in answers.values():
        parts += [f"## {capital(gaps.headline.measure.name)}", _raw(show.answer(gaps).html)]
        parts += [_figure(show.gap(gaps), gaps.headline.question, _OF_ONE)]
    return "\n\n".join(parts)


def _figure(shown: Shown, name: str, caption: str) -> str:
    """Frame what is drawn as a figure; what is only words is left as it is."""
    if "<svg" not in shown.html:
        return _raw(shown.html)
    return f"::: {{#fig-{name}}}\n\n{_raw(shown.html)}\n\n{caption}\n\n:::"


def _head(title: str) -> str:
    return f"---\ntitle: {json.dumps(title, ensure_ascii=False)}\n---"


def _raw(html: str) -> str:
    return f"```{{=html}}\n{html}\n```"
