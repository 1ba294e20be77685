"""What a notebook cell shows: the page's HTML, and the published numbers as data beside it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from enum import Enum
from math import isinf, isnan
from typing import Any

import pandas as pd
from markupsafe import Markup

from helpers.data.provenance import Origin, origin
from helpers.disclosure import Published, Tally
from helpers.questions.gap import Gaps

MIME = "application/vnd.likavard+json"
DECIMALS = 6

_ON_PAGES = """\
<div style="display: none">
```{{=html}}
</div>
{html}
<div style="display: none">
```
</div>"""
_IN_DOCUMENTS = """\
<div {hidden} class="content-visible" unless-format="html">

{text}

</div>
"""
_SAID = re.compile(r'<(p|li)(?! class="lv-downloads")\b[^>]*>(.*?)</\1>', re.DOTALL)
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")


def markdown(html: str, image: str = "") -> str:
    """Write HTML as markdown that every reader of it shows.

    JupyterLab reads all of it as HTML, and hides the first and the last three lines. Pandoc, and
    Quarto on it, reads a raw block, which it leaves as it is. Quarto would answer to HTML without
    markdown by fetching jQuery and require.js from another server.

    Parameters
    ----------
    html : str
        What pages hold.
    image : str
        The figure in the HTML as an image in markdown, for documents such as Word's. They hold
        what the HTML says too, and its tables; JupyterLab shows the image where it trusts no SVG.

    Returns
    -------
    str
    """
    lines = "\n".join(filter(str.strip, html.split("\n")))  # an empty one would end the HTML
    on_pages = _ON_PAGES.format(html=lines.replace("`", "&#96;"))
    said = "\n\n".join(verbatim(Markup(found[2]).striptags()) for found in _SAID.finditer(html))
    return _in_documents(said, 'style="display: none"') + _in_documents(image, "hidden") + on_pages


def _in_documents(text: str, hidden: str) -> str:
    return _IN_DOCUMENTS.format(text=text, hidden=hidden) if text else ""


def verbatim(text: str) -> str:
    """Escape what markdown would take for more than text."""
    return _PUNCTUATION.sub(r"\\\1", text)


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
    image : callable, optional
        Draws the page's figure as an image in markdown, for documents.
    """

    title: str
    html: str
    published: dict[str, Any] = field(default_factory=dict)
    source: Origin | None = None
    image: Callable[[], str] = str

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        """Give Jupyter the page, the title and the numbers."""
        record = {"source": self.source or origin(), "title": self.title}
        return {
            "text/markdown": markdown(self.html, self.image()),
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
