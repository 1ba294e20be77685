"""The form for an audit's return visit: what was needed, what was suggested, what has happened."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
from markupsafe import Markup, escape

from helpers.questions.audit import Examined
from helpers.show.audit import improved
from helpers.show.words import day

TITLE = "Återbesök efter brukarrevision"
_ASKED = ("Vad har hänt?", "Vem svarade?", "Hur har de intervjuade fått veta?")


def form(examined: Examined, actions: pd.DataFrame) -> str:
    """Write the form as HTML: a section an area, with room to write in.

    Parameters
    ----------
    actions : pandas.DataFrame
        As `helpers.data.read_actions` gives it.
    """
    audit = examined.audit.audit
    due = audit["return_due_on"]
    when = "" if pd.isna(due) else f" Återbesöket ska göras senast {day(due)}."
    about = f"Revisionen av {audit['unit']}, klar {day(audit['reported_on'])}.{when}"
    sections = map(_section, improved(examined, actions).to_dict("records"))
    return "\n".join([Markup("<p>{}</p>").format(about), *sections])


def _section(area: Mapping[Any, str]) -> str:
    told = "".join(
        Markup("<p><strong>{}:</strong> {}</p>").format(name, area[name])
        for name in ("Problem", "Förslag", "Vad som görs")
    )
    heads = "".join(f"<th>{escape(asked)}</th>" for asked in _ASKED)
    cells = "<td><br><br><br></td>" * len(_ASKED)
    table = f"<table><thead><tr>{heads}</tr></thead><tbody><tr>{cells}</tr></tbody></table>"
    return f"<h2>{escape(area['Område'])}</h2>{told}{table}"
