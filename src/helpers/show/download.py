"""A table as files a reader can take away, carried inside the page."""

import io
from base64 import b64encode
from datetime import UTC, datetime
from html import escape

import pandas as pd

from helpers.data.files import harmless

_CSV = "text/csv;charset=utf-8"
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_WORDS_STAY = {"options": {"strings_to_formulas": False, "strings_to_urls": False}}
_NO_DATE = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)


def links(table: pd.DataFrame, name: str, title: str) -> str:
    """Links that give the table as CSV and as Excel.

    Parameters
    ----------
    table : pandas.DataFrame
        What may be published.
    name : str
        File name without ending.
    title : str
        What the table shows, for those who hear the link out of its context.

    Returns
    -------
    str
        A paragraph of links with the files as data URIs.
    """
    shown = table.map(lambda value: value if isinstance(value, int | float) else str(value))
    files = (("CSV", "csv", _CSV, _csv(shown)), ("Excel", "xlsx", _EXCEL, _excel(shown)))
    items = " ".join(
        f'<a download="{escape(name)}.{ending}" aria-label="Ladda ner {label}: {escape(title)}" '
        f'href="data:{mime};base64,{b64encode(content).decode()}">{label}</a>'
        for label, ending, mime, content in files
    )
    return f'<p class="lv-downloads">Ladda ner tabellen: {items}</p>'


def _csv(table: pd.DataFrame) -> bytes:
    """Semicolons, decimal comma and a byte order mark: what a Swedish Excel opens as it is."""
    told = table.map(_with_comma).rename(columns=harmless)
    return told.to_csv(index=False, sep=";", lineterminator="\n").encode("utf-8-sig")


def _with_comma(value: object) -> object:
    return str(value).replace(".", ",") if isinstance(value, float) else harmless(value)


def _excel(table: pd.DataFrame) -> bytes:
    buffer = io.BytesIO()
    with pd.ExcelWriter(buffer, engine="xlsxwriter", engine_kwargs=_WORDS_STAY) as writer:
        writer.book.set_properties({"created": _NO_DATE})
        table.to_excel(writer, sheet_name="Tabell", index=False)
    return buffer.getvalue()
