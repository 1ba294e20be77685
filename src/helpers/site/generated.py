"""The parts of the site that are made, not written; committed, so that Quarto alone works."""

from collections.abc import Iterable, Sequence
from datetime import date
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd
import yaml
from babel.dates import format_date

from helpers import settings, show
from helpers.data import read_actions
from helpers.disclosure import explained, load_rules
from helpers.questions.half_years import YEARS
from helpers.show.noise import EXAMPLE, picture
from helpers.show.table import html
from helpers.site import apart, left_out, reference, risk
from helpers.site.dictionary import dictionary
from helpers.site.notebooks import numbers
from helpers.site.source import VARIABLES
from helpers.site.subset import subset

FOLDER = Path("reports") / "_generated"

_SKIP = "[Hoppa till innehållet](#quarto-document-content){.skip-link}"
_SAMPLE = (
    "**Påhittade exempeldata.** Kommunen och alla personer i ärendena är påhittade. "
    "Siffrorna säger ingenting om någon verklig kommun."
)
_KINDS = {
    "_quarto.yml": "Inställningar i `_quarto.yml`",
    "front matter": "Överst på en sida",
    "shortcode": "Kortkoder",
    "div class": "Block",
    "div attribute": "Attribut på block och bilder",
    "reference": "Hänvisningar",
    "raw format": "Råformat",
    "cell option": "Alternativ i en kodcell",
}
_TIGHTER = {"higher": "högre värde", "lower": "lägre värde"}
_NUMBERS = {2: "två", 3: "tre", 4: "fyra", 5: "fem", 6: "sex", 7: "sju", 8: "åtta", 9: "nio"}


def refresh(
    root: Path,
    notebooks: list[dict[str, Any]],
    committed: str | None,
    missing: Sequence[left_out.LeftOut] = (),
) -> None:
    """Write every generated part of a project.

    Parameters
    ----------
    root : Path
        The project.
    notebooks : list of dict
        Its notebooks with their outputs, as JSON.
    committed : str or None
        Date of the last commit, ISO; None leaves it out, as in what is itself committed.
    missing : sequence of LeftOut
        Questions that are not on the site.
    """
    published = numbers(notebooks)
    parts = {
        "overview.md": show.overview(notebooks, read_actions()),
        "left-out.md": "\n\n".join(filter(None, [left_out.said(missing), apart.said()])),
        "all-measures.md": show.all_measures(notebooks),
        "data-dictionary.md": dictionary(),
        "subset.md": supported(),
        "rules.md": rules(),
        "noise.md": noise(),
        "risk.md": risk.table(),
        "website.yml": website(published, committed),
    }
    (root / VARIABLES).write_text(variables(), encoding="utf-8")
    (root / FOLDER).mkdir(parents=True, exist_ok=True)
    for name, text in parts.items():
        (root / FOLDER / name).write_text(text + "\n", encoding="utf-8")
    reference.write(root)


def website(
    published: Iterable[dict[str, Any]], committed: str | None, whose: str | None = None
) -> str:
    """Write the settings that say on every page whose data these are, and how new."""
    content = f"{_SKIP} {whose or banner(published)}"
    announcement = {"content": content, "dismissable": False}
    footer = {"center": f"[{updated(published, committed)}]{{.lv-updated}}"}
    said = {"website": {"announcement": announcement, "page-footer": footer}}
    return yaml.safe_dump(said, allow_unicode=True, width=120).strip()


def variables() -> str:
    """Write the words on pages that follow from what is set in `likavard.yml`."""
    years = settings.period() or YEARS
    number = _NUMBERS.get(years, str(years))
    period = "det senaste kalenderåret" if years == 1 else f"de {number} senaste kalenderåren"
    return yaml.safe_dump({"period": period}, allow_unicode=True)


def banner(published: Iterable[dict[str, Any]]) -> str:
    """Say whose data these are, and from when, where that is set."""
    published = list(published)
    if not is_own(published):
        return _SAMPLE
    whose = f"**{escape(name)}.** " if (name := settings.name()) else ""
    days = [date.fromisoformat(part["as_of"]) for part in published if "as_of" in part]
    years = settings.period()
    since = f" från och med {max(days).year - years + 1}" if days and years else ""
    return f"{whose}Siffrorna bygger på kommunens egna ärendedata{since}."


def is_own(published: Iterable[dict[str, Any]]) -> bool:
    """Whether any number rests on data other than the sample and the published figures."""
    return any(part["source"] == "own" for part in published)


def updated(published: Iterable[dict[str, Any]], committed: str | None) -> str:
    """Say how new the page is: the data's last day and the last commit, never the clock."""
    days = [part["as_of"] for part in published if "as_of" in part]
    parts = [f"Uppgifter till och med {_day(max(days))}."] if days else []
    parts += [f"Senast uppdaterad {_day(committed)}."] if committed else []
    return " ".join(parts)


def _day(iso: str) -> str:
    return format_date(date.fromisoformat(iso), "d MMMM y", locale="sv_SE")


def supported() -> str:
    """List the part of Quarto the pages keep to."""
    sections = (f"### {_KINDS[kind]}\n\n{_terms(names)}" for kind, names in subset().items())
    return "\n\n".join(sections)


def rules() -> str:
    """List the rules of what may be shown, with the values they have now."""
    head = ["Regel", "Värde", "Skärps med", "Vad den säger", "Källa", "Namn i disclosure.yml"]
    rows = [
        (
            rule.title,
            rule.value,
            _TIGHTER[rule.tighter],
            rule.explanation,
            rule.source,
            rule.name,
        )
        for rule in explained()
    ]
    table = pd.DataFrame(rows, columns=head).map(str)
    return f"```{{=html}}\n{html(table, 'Regler för vad som får visas')}\n```"


def noise() -> str:
    """Draw the noise that the rules give."""
    caption = f"Ett antal på {EXAMPLE} personer, och vad det kan visas som."
    return f"::: {{#fig-noise}}\n\n```{{=html}}\n{picture(load_rules())}\n```\n\n{caption}\n\n:::"


def _terms(names: dict[str, str]) -> str:
    rows = "".join(
        f"<dt><code>{escape(name)}</code></dt><dd>{escape(text)}</dd>\n"
        for name, text in names.items()
    )
    return f'```{{=html}}\n<dl class="lv-terms">\n{rows}</dl>\n```'
