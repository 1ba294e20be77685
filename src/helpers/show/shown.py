"""What a notebook cell shows: the page's HTML, and the published numbers as data beside it."""

from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any

import pandas as pd

from helpers.data.provenance import origin
from helpers.disclosure import Hidden

MIME = "application/vnd.likavard+json"


@dataclass(frozen=True)
class Shown:
    """Something shown on a page.

    Attributes
    ----------
    title : str
        What it shows, in one line.
    html : str
        What the page holds.
    published : dict
        Every number it gives away, by name: tables, gaps, the as-of date.
    """

    title: str
    html: str
    published: dict[str, Any] = field(default_factory=dict)

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        """Give Jupyter the page, the title and the numbers."""
        return {
            "text/html": self.html,
            "text/plain": self.title,
            MIME: {"source": origin(), "title": self.title, **_plain(self.published)},
        }


def _plain(value: Any) -> Any:  # noqa: ANN401
    """Reduce to what JSON can hold; what is hidden stays hidden, with its reason."""
    match value:
        case Hidden():
            return {"hidden": value.reason.explanation}
        case pd.DataFrame():
            return {"columns": list(value.columns), "rows": _plain(value.values.tolist())}
        case dict():
            return {key: _plain(item) for key, item in value.items()}
        case list() | tuple():
            return [_plain(item) for item in value]
        case Enum():
            return value.value
        case date():
            return value.isoformat()
        case float():
            return round(value, 9)
    if is_dataclass(value):
        return {item.name: _plain(getattr(value, item.name)) for item in fields(value)}
    return value
