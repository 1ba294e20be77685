"""Everything published as files for machines: CSV and JSON, described as a Frictionless package."""

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from math import isfinite, isnan
from pathlib import Path
from typing import Any, TypeAlias

from helpers.data.files import harmless
from helpers.disclosure.published import joined
from helpers.questions.gap import Gap
from helpers.show.saved import gaps_in
from helpers.site import generated
from helpers.site.notebooks import Notebook, numbers

FOLDER = "data"
_NOISE = "Antalen är ändrade med några få, så att ingen enskild ska synas."
_INVENTED = "Kommunen och alla personer är påhittade."
_TYPES = {bool: "boolean", int: "integer", float: "number"}
_DESCRIBED = {
    "grouping": "Vad grupperna är indelade efter; all är alla",
    "group": "Gruppen",
    "sex": "K är kvinnor, M är män",
    "n": "Antal med brus",
    "years": "Hela år som antalet gäller",
    "estimate": "Kvinnor minus män (difference) eller kvinnor genom män (ratio)",
    "low": "Det 95-procentiga intervallets nedre gräns",
    "high": "Det 95-procentiga intervallets övre gräns",
    "n_women": "Antal kvinnor, med brus",
    "n_men": "Antal män, med brus",
}

_GAPS = [
    "question", "measure", "unit", "group", "contrast", "women", "men", "estimate", "low", "high",
    "n_women", "n_men", "verdict",
]  # fmt: skip

Record: TypeAlias = Mapping[str, Any]
Table: TypeAlias = tuple[str, Sequence[str], Sequence[Sequence[object]]]
"""Its name, columns and rows."""


def write(site: Path, ran: Sequence[Notebook]) -> None:
    """Write a site's published counts and gaps beside its pages.

    Parameters
    ----------
    site : Path
        The finished pages.
    ran : sequence of dict
        Its notebooks, as JSON, with the outputs that the pages show.

    References
    ----------
    Tabular Data Package, version 1: https://specs.frictionlessdata.io/tabular-data-package/
    """
    folder = site / FOLDER
    folder.mkdir()
    parts = numbers(ran)
    questions = joined(one for part in parts if (one := part.get("published")))
    counts = [table for own in questions.items() for table in _tables(*own)]
    gaps = ("gaps", _GAPS, [_gap(gap) for notebook in ran for gap in gaps_in(notebook)])
    resources = [_resource(folder, *table) for table in [*counts, gaps]]
    _write_json(folder / "published.json", questions)
    _write_json(
        folder / "datapackage.json", _package(questions, resources, generated.is_own(parts))
    )


def _tables(question: str, published: Record) -> Iterator[Table]:
    for name, table in published["tables"].items():
        yield f"{question}-{name.replace('_', '-')}", table["columns"], table["rows"]
    if means := published["means"]:
        columns = list(means[0])
        yield f"{question}-means", columns, [[row[name] for name in columns] for row in means]


def _gap(gap: Gap) -> list[object]:
    """Give a gap's cells, in the order of `_GAPS`."""
    return [
        gap.question, gap.measure.code, gap.measure.unit, str(gap.group), gap.contrast,
        gap.women, gap.men, gap.estimate, gap.low, gap.high, gap.n_women, gap.n_men,
        gap.verdict and gap.verdict.value,
    ]  # fmt: skip


def _resource(
    folder: Path, name: str, columns: Sequence[str], rows: Sequence[Sequence[object]]
) -> Record:
    """Write a table, and describe its file."""
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([_text(cell) for cell in row] for row in rows)
    fields = [_field(each, own) for each, *own in zip(columns, *rows, strict=True)]
    return {
        "name": name,
        "path": f"{name}.csv",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {"fields": fields, "missingValues": [""]},
    }


def _text(cell: object) -> object:
    """Write a cell as a Table Schema says, words so that a spreadsheet runs none of them."""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float) and not isfinite(cell):
        return "" if isnan(cell) else f"{cell}".upper()
    return "" if cell is None else harmless(cell)


def _field(name: str, cells: Sequence[object]) -> Record:
    kinds = {type(cell) for cell in cells if cell is not None}
    kind = (
        "number" if kinds == {int, float} else _TYPES.get(kinds.pop()) if len(kinds) == 1 else None
    )
    described = {"description": _DESCRIBED[name]} if name in _DESCRIBED else {}
    return {"name": name, "type": kind or "string", **described}


def _package(questions: Mapping[str, Record], resources: Sequence[Record], is_own: bool) -> Record:
    days = sorted(one["as_of"] for one in questions.values())
    return {
        "profile": "tabular-data-package",
        "name": "lika-vard",
        "title": "Lika vård: antal med brus, efter kön",
        "description": f"{_NOISE} {'' if is_own else _INVENTED}".rstrip(),
        "sample": not is_own,
        "version": days[-1] if days else "",
        "resources": resources,
    }


def _write_json(file: Path, content: object) -> None:
    file.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
