"""What a notebook cell shows: the page's HTML, and the published numbers as data beside it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from enum import Enum
from math import isinf, isnan
from typing import Any

import pandas as pd

from helpers.data.provenance import Origin, origin
from helpers.disclosure import Published, Tally
from helpers.questions.gap import Gaps

MIME = "application/vnd.likavard+json"
DECIMALS = 6


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
    source : {"published", "sample", "own"}, optional
        Where the numbers come from; by default the most sensitive origin read so far.
    """

    title: str
    html: str
    published: dict[str, Any] = field(default_factory=dict)
    source: Origin | None = None

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        """Give Jupyter the page, the title and the numbers."""
        record = {"source": self.source or origin(), "title": self.title}
        return {
            "text/html": self.html,
            "text/plain": self.title,
            MIME: record | _plain(self.published),
        }


def _plain(value: object) -> Any:  # noqa: ANN401 - whatever JSON can hold
    """Reduce to what JSON can hold."""
    if isinstance(value, Tally):
        raise TypeError("a tally is secret, and cannot be shown")
    if isinstance(value, Published):
        return _plain(value.to_record())
    if isinstance(value, pd.DataFrame):
        return {"columns": list(value.columns), "rows": _plain(value.to_numpy(object).tolist())}
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | Gaps):
        return [_plain(item) for item in value]
    if is_dataclass(value):
        return {item.name: _plain(getattr(value, item.name)) for item in fields(value)}
    return _scalar(value)


def _scalar(value: object) -> Any:  # noqa: ANN401 - whatever JSON can hold
    if value is pd.NA:
        return None
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    return value.item() if hasattr(value, "item") else value


def _number(value: float) -> float | str | None:
    if isnan(value):
        return None
    return str(value) if isinf(value) else round(float(value), DECIMALS)
