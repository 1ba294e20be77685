"""What a notebook cell shows: the page's HTML, and the published numbers as data beside it."""

from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from enum import Enum
from math import isinf, isnan
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
    """Reduce to what JSON can hold; what is hidden stays hidden, and says why."""
    if isinstance(value, Hidden):
        return {"hidden": value.reason.explanation}
    if isinstance(value, pd.DataFrame):
        return {"columns": list(value.columns), "rows": _plain(value.to_numpy(object).tolist())}
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if is_dataclass(value):
        return {item.name: _plain(getattr(value, item.name)) for item in fields(value)}
    return _scalar(value)


def _scalar(value: Any) -> Any:  # noqa: ANN401
    if value is pd.NA:
        return None
    if isinstance(value, float):
        return None if isnan(value) else str(value) if isinf(value) else round(value, 9)
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value
