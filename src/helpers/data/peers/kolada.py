"""Kolada, version 3: key figures of municipalities, regions and groups of them.

Its groups are means of their members, unweighted, and its ``count`` says how many rows or
members there are, never how many people a figure rests on.
"""

from collections.abc import Iterator
from typing import Any

from helpers.data.peers.client import Client
from helpers.data.peers.shape import SEXES, Answer, Asked, Cell, Status, as_list, parted

BATCH = 25
"""Most ids the service takes in one part of an address."""
_PAGE = 5000
_SIGNS = {
    "": Status.OK,
    "ok": Status.OK,
    "missing": Status.MISSING,
    "-": Status.MISSING,
    ".": Status.NOT_APPLICABLE,
    "private": Status.SECRET,
    "..": Status.SECRET,
}
_UNWEIGHTED = "Koladas grupper är ovägda medelvärden: små kommuner väger lika mycket som stora."


def read(client: Client, asked: Asked) -> Answer:
    """Read key figures, as `helpers.data.peers.fetch` says."""
    answer = Answer()
    try:
        for batch in asked.batches(BATCH):
            for row in _pages(client, _path(batch)):
                _take(row, batch, answer)
        _name(client, asked, answer)
    except (LookupError, TypeError, ValueError) as error:
        raise client.changed() from error
    if any(place.startswith("G") for place in asked.places):
        answer.notes.append(_UNWEIGHTED)
    return answer


def members(client: Client, groups: tuple[str, ...]) -> tuple[str, ...]:
    """List the municipalities in some groups."""
    found = _described(client, "municipality_groups", groups)
    try:
        return tuple(str(one["id"]) for group in found for one in as_list(group["members"], ["id"]))
    except (LookupError, ValueError) as error:
        raise client.changed() from error


def _path(batch: Asked) -> str:
    parts = {"kpi": batch.kpis, "municipality": batch.places, "year": map(str, batch.years)}
    return "data/" + "/".join(f"{name}/{','.join(ids)}" for name, ids in parts.items())


def _pages(client: Client, path: str) -> Iterator[dict[str, Any]]:
    """Give every row of an answer, page by page, once it is known to be whole."""
    page, seen, pages = client.get(path, per_page=_PAGE), {path}, []
    while True:
        pages.append((as_list(page["values"]), page["count"]))
        following = page.get("next_url")
        if not following:
            break
        if following in seen:
            raise ValueError("pages that follow each other in a ring")
        seen.add(following)
        page = client.get(following)
    _make_sure_whole([(len(rows), count) for rows, count in pages])
    for rows, _ in pages:
        yield from rows


def _make_sure_whole(pages: list[tuple[int, int]]) -> None:
    """Compare the rows with ``count``, be it of the page or of all pages."""
    total = sum(rows for rows, _ in pages)
    if any(count not in (rows, total) for rows, count in pages):
        raise ValueError("not as many rows as are said to be there")


def _take(row: dict[str, Any], batch: Asked, answer: Answer) -> None:
    kpi, place, year = row["kpi"], row["municipality"], int(row["period"])
    if kpi not in batch.kpis or place not in batch.places or year not in batch.years:
        raise ValueError("a row that was not asked for")
    for one in as_list(row["values"], ["gender", "value"]):
        if one["gender"] not in SEXES:
            raise ValueError("an unknown sex")
        key = (kpi, place, year, one["gender"])
        if one.get("isdeleted"):
            answer.cells.setdefault(key, Cell(None, Status.DELETED))
        else:
            answer.add(key, one["value"], one.get("status") or "", _SIGNS)


def _name(client: Client, asked: Asked, answer: Answer) -> None:
    """Name places and figures, and say which figures do not tell the sexes apart."""
    for kpi in _described(client, "kpi", asked.kpis):
        answer.titles[kpi["id"]] = kpi["title"]
        if not kpi.get("is_divided_by_gender", True):
            _not_by_sex(kpi["id"], asked, answer)
    groups = tuple(place for place in asked.places if place.startswith("G"))
    others = tuple(place for place in asked.places if place not in groups)
    for kind, places in (("municipality_groups", groups), ("municipality", others)):
        for place in _described(client, kind, places):
            answer.places[place["id"]] = place["title"]


def _described(client: Client, kind: str, ids: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    for some in parted(ids, BATCH):
        found = client.find(f"{kind}/{','.join(some)}")
        if found is not None:
            yield from as_list(found["values"], ["id", "title"])


def _not_by_sex(kpi: str, asked: Asked, answer: Answer) -> None:
    for key in asked:
        if key[0] == kpi and key[3] != "T":
            answer.cells.setdefault(key, Cell(None, Status.NOT_APPLICABLE))
