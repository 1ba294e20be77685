"""SCB and SSB: tables by PxWebApi 2, in JSON-stat.

A figure is a table's id, or that and one of its contents: ``TAB638`` or ``TAB638/BE0101N1``.
What a table is divided by besides place, sex and year is summed by the service.
"""

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any, NamedTuple

from helpers.data.peers.client import Client
from helpers.data.peers.shape import COUNTRY, SEXES, Answer, Asked, Key, Status

BATCH = 25
_SEX_COLUMNS = ("kon", "kön", "kjonn", "kjønn", "sex")
_SEX_CODES = {"K": ("2", "K"), "M": ("1", "M"), "T": ("0", "1+2", "T", "TOT")}
_COUNTRY_CODES = ("00", "0", COUNTRY)
_SIGNS = {"": Status.OK, "-": Status.MISSING, ".": Status.NOT_APPLICABLE, "..": Status.SECRET}
SIGNS = {
    "scb": _SIGNS,
    "ssb": {**_SIGNS, "..": Status.MISSING, ":": Status.SECRET},
}
"""What the signs mean that stand for a figure, which differs between the two."""


class _Table(NamedTuple):
    """A table's columns by what they are, and the codes its service has for what we ask."""

    geo: str
    time: str
    sex: str | None
    contents: str | None
    places: Mapping[str, str]
    years: Mapping[str, int]
    sexes: Mapping[str, str]
    totals: Mapping[str, str]


def read(client: Client, asked: Asked, signs: Mapping[str, Status]) -> Answer:
    """Read tables, as `helpers.data.peers.fetch` says."""
    answer = Answer()
    try:
        for kpi in asked.kpis:
            _read_table(client, kpi, asked, answer, signs)
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        raise client.changed() from error
    return answer


def _read_table(
    client: Client, kpi: str, asked: Asked, answer: Answer, signs: Mapping[str, Status]
) -> None:
    name, _, content = kpi.partition("/")
    metadata = client.get(f"tables/{name}/metadata", outputFormat="json-stat2")
    table = _table(client, metadata, asked)
    answer.titles[kpi] = metadata["label"]
    answer.notes += [note for note in metadata.get("note") or [] if note not in answer.notes]
    for batch in Asked((kpi,), tuple(table.places.values()), asked.years).batches(BATCH):
        selected = _selection(table, metadata, content, batch)
        if all(selected.values()):
            body = [
                {"variableCode": code, "valueCodes": [*kept]} for code, kept in selected.items()
            ]
            found = client.post(
                f"tables/{name}/data", {"selection": body}, outputFormat="json-stat2"
            )
            _take(found, kpi, table, answer, signs)


def _table(client: Client, metadata: dict[str, Any], asked: Asked) -> _Table:
    """Find a table's columns by their roles, and sort out which are to be left as totals."""
    role, columns = metadata["role"], list(metadata["id"])
    geo, time = _only(role["geo"]), _only(role["time"])
    contents = _only(role["metric"]) if role.get("metric") else None
    sex = next((name for name in columns if name.casefold() in _SEX_COLUMNS), None)
    codes = {name: _codes(metadata, name) for name in columns}
    rest = [name for name in columns if name not in (geo, time, contents, sex)]
    return _Table(
        geo,
        time,
        sex,
        contents,
        places={code: place for place in asked.places if (code := _place(place, codes[geo]))},
        years={code: int(code) for code in codes[time] if code.isdigit()},
        sexes=_sexes(codes[sex]) if sex else {},
        totals=dict(_totals(client, metadata, rest, codes)),
    )


def _only(names: Sequence[str]) -> str:
    (name,) = names
    return name


def _codes(dataset: dict[str, Any], column: str) -> list[str]:
    """List a column's codes in the order of its cells."""
    index = dataset["dimension"][column]["category"]["index"]
    return sorted(index, key=index.__getitem__) if isinstance(index, dict) else list(index)


def _place(place: str, known: Sequence[str]) -> str | None:
    candidates = _COUNTRY_CODES if place == COUNTRY else (place,)
    return next((code for code in candidates if code in known), None)


def _sexes(known: Sequence[str]) -> dict[str, str]:
    return {code: sex for sex in SEXES for code in _SEX_CODES[sex] if code in known}


def _totals(
    client: Client, metadata: dict[str, Any], rest: Sequence[str], codes: Mapping[str, list[str]]
) -> Sequence[tuple[str, str]]:
    """Choose the total of each column that the service does not sum by itself."""
    kept = []
    for name in rest:
        extension = metadata["dimension"][name].get("extension", {})
        if not extension.get("elimination"):
            total = [code for code in codes[name] if code.casefold() in ("tot", "total", "t")]
            if not total:
                raise client.problem(f"har ingen summa över {name} i tabellen")
            kept.append((name, total[0]))
    return kept


def _selection(
    table: _Table, metadata: dict[str, Any], content: str, batch: Asked
) -> dict[str, list[str]]:
    selected = {
        table.geo: [code for code, place in table.places.items() if place in batch.places],
        table.time: [code for code, year in table.years.items() if year in batch.years],
        **{name: [code] for name, code in table.totals.items()},
    }
    if table.sex:
        selected[table.sex] = list(table.sexes)
    if table.contents:
        selected[table.contents] = [content or _codes(metadata, table.contents)[0]]
    return selected


def _take(
    found: dict[str, Any], kpi: str, table: _Table, answer: Answer, signs: Mapping[str, Status]
) -> None:
    """Read the cells in the order of their columns' codes."""
    columns = list(found["id"])
    every = [_codes(found, name) for name in columns]
    if [len(codes) for codes in every] != list(found["size"]):
        raise ValueError("not as many codes as are said to be there")
    names = found["dimension"][table.geo]["category"].get("label", {})
    cells, words = (_by_place(found.get(name)) for name in ("value", "status"))
    for number, codes in enumerate(product(*every)):
        key = _key(kpi, table, dict(zip(columns, codes, strict=True)))
        answer.places.setdefault(key[1], names.get(codes[columns.index(table.geo)], key[1]))
        answer.add(key, cells.get(number), words.get(number) or "", signs)


def _by_place(cells: object) -> dict[int, Any]:
    """Give cells by number; they come as a list, or as a mapping of those that are there."""
    if isinstance(cells, dict):
        return {int(place): cell for place, cell in cells.items()}
    if isinstance(cells, list | None):
        return dict(enumerate(cells or []))
    raise ValueError("neither a list nor a mapping")


def _key(kpi: str, table: _Table, codes: Mapping[str, str]) -> Key:
    sex = table.sexes[codes[table.sex]] if table.sex else "T"
    return kpi, table.places[codes[table.geo]], table.years[codes[table.time]], sex
