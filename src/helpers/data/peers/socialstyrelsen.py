"""Socialstyrelsen's statistics database.

A figure is a topic and a measure, and values of what else the topic is divided by:
``lakemedel/3`` or ``lakemedel/3/atc/N06A``.
"""

from collections.abc import Iterator
from typing import Any

from helpers.data.peers.client import Client
from helpers.data.peers.shape import COUNTRY, Answer, Asked, PeersProblem, Status, as_list

HOW_TO_ASK = (
    "Ange --kpi som ämne och mått, till exempel lakemedel/3, eller med fler val: "
    "lakemedel/3/atc/N06A."
)
BATCH = 25
_PAGE = 5000
_SEXES = {1: "M", 2: "K", 3: "T"}
_COUNTRY = "0"
_SIGNS = {"": Status.OK, "-": Status.MISSING, ".": Status.NOT_APPLICABLE, "..": Status.SECRET}


def read(client: Client, asked: Asked) -> Answer:
    """Read measures, as `helpers.data.peers.fetch` says; one a call, as the service wants."""
    answer = Answer()
    _make_sure_named(asked)
    try:
        for kpi in asked.kpis:
            topic, measure, *rest = kpi.split("/")
            _make_sure_divided(client, topic, rest[::2])
            answer.titles[kpi] = _texts(client, topic, "matt").get(measure, kpi)
            _name(answer, asked, _texts(client, topic, "region"))
            for batch in Asked((kpi,), asked.places, asked.years).batches(BATCH):
                path = f"{topic}/resultat/matt/{measure}/{_path(batch, rest)}"
                for row in _pages(client, path):
                    _take(row, measure, batch, answer)
    except (LookupError, TypeError, ValueError) as error:
        raise client.changed() from error
    return answer


def _make_sure_named(asked: Asked) -> None:
    """Refuse a figure that is not a topic and a measure, and pairs of what else."""
    for kpi in asked.kpis:
        parts = kpi.split("/")
        if len(parts) % 2 or not all(parts):
            raise PeersProblem(f"--kpi {kpi} går inte att läsa. {HOW_TO_ASK}")


def _make_sure_divided(client: Client, topic: str, more: list[str]) -> None:
    """Refuse a column the topic does not have: the service would answer with all its rows."""
    has = {one["namn"] for one in as_list(client.get(topic), ["namn"])}
    lacks = {"matt", "region", "kon", "ar", *more} - has
    if lacks:
        raise client.problem(f"delar inte upp {topic} efter {', '.join(sorted(lacks))}")


def _texts(client: Client, topic: str, column: str) -> dict[str, str]:
    """Name what a column can hold."""
    found = client.find(f"{topic}/{column}")
    return {str(one["id"]): one["text"] for one in as_list(found or [], ["id", "text"])}


def _name(answer: Answer, asked: Asked, regions: dict[str, str]) -> None:
    named = {place: regions.get(_region(place)) for place in asked.places}
    answer.places |= {place: name for place, name in named.items() if name}


def _region(place: str) -> str:
    return _COUNTRY if place == COUNTRY else place


def _path(batch: Asked, rest: list[str]) -> str:
    regions, years = ",".join(map(_region, batch.places)), ",".join(map(str, batch.years))
    return "/".join([*rest, "region", regions, "kon", "1,2,3", "ar", years])


def _pages(client: Client, path: str) -> Iterator[dict[str, Any]]:
    number, pages = 1, 1
    while number <= pages:
        page = client.get(path, per_sida=_PAGE, sida=number)
        if page["sida"] != number:
            raise ValueError("another page than was asked for")
        pages, number = int(page["sidor"]), number + 1
        yield from as_list(page["data"], ["regionId", "konId", "mattId", "ar", "varde"])


def _take(row: dict[str, Any], measure: str, batch: Asked, answer: Answer) -> None:
    """Take in a row; one that was not asked for means that the service did not understand."""
    places = {_region(place): place for place in batch.places}
    place, year = places[str(row["regionId"])], int(row["ar"])
    key = (batch.kpis[0], place, year, _SEXES[int(row["konId"])])
    if str(row["mattId"]) != measure or year not in batch.years or key in answer.cells:
        raise ValueError("a row that was not asked for, or two for one figure")
    word = str(row["varde"] if row["varde"] is not None else "-").strip()
    if word in _SIGNS:
        answer.add(key, None, word, _SIGNS)
    else:
        answer.add(key, _number(word), "", _SIGNS)


def _number(written: str) -> float:
    """Read a number with a decimal comma, and blanks of any kind between thousands."""
    return float("".join(written.split()).replace(",", "."))
