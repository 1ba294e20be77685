"""What a notebook cell shows: the page's HTML, and the published numbers as data beside it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from enum import Enum
from functools import partial
from math import isinf, isnan
from typing import Any

import pandas as pd

from helpers.data.provenance import Origin, origin
from helpers.disclosure import Hidden
from helpers.disclosure.told import Told
from helpers.questions.gap import DECIMALS, Gap

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
    told : tuple of Counts or Ratio
        What these numbers tell of the cases: the protected tables they are functions of, and
        the shares and rates among them.
    source : {"published", "sample", "own"}, optional
        Where the numbers come from; by default the most sensitive origin read so far.
    """

    title: str
    html: str
    published: dict[str, Any] = field(default_factory=dict)
    told: tuple[Told, ...] = ()
    source: Origin | None = None

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        """Give Jupyter the page, the title, the numbers and what they tell."""
        record = {"source": self.source or origin(), "title": self.title}
        numbers = _plain(self.published, DECIMALS) | {"told": _plain(self.told)}
        return {"text/html": self.html, "text/plain": self.title, MIME: record | numbers}


def told_by(gaps: Iterable[Gap]) -> tuple[Told, ...]:
    """Gather what gaps tell of the cases, each thing once."""
    return tuple(dict.fromkeys(told for gap in gaps for told in gap.told))


def _plain(value: object, decimals: int | None = None) -> Any:  # noqa: ANN401
    """Reduce to what JSON can hold; what is hidden stays hidden, and says why."""
    plain = partial(_plain, decimals=decimals)
    if isinstance(value, Hidden):
        return {"hidden": value.reason.explanation}
    if isinstance(value, pd.DataFrame):
        return {"columns": list(value.columns), "rows": plain(value.to_numpy(object).tolist())}
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if is_dataclass(value):
        # What does not tell two gaps apart, what they tell of the cases, is recorded beside them.
        shown = [item.name for item in fields(value) if item.compare]
        return {name: plain(getattr(value, name)) for name in shown}
    return _scalar(value, decimals)


def _scalar(value: object, decimals: int | None) -> Any:  # noqa: ANN401
    if value is pd.NA:
        return None
    if isinstance(value, float):
        return _number(value, decimals)
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value


def _number(value: float, decimals: int | None) -> float | str | None:
    if isnan(value):
        return None
    if isinf(value):
        return str(value)
    return float(value) if decimals is None else round(value, decimals)
