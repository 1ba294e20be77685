"""Which sources there are, what is taken from each unless something else is asked for, and how."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from helpers.data.codes import SURVEY_ITEMS
from helpers.data.peers import kolada, pxweb, snapshots, socialstyrelsen
from helpers.data.peers.client import Client
from helpers.data.peers.shape import COUNTRY, Answer, Asked, PeersProblem, T, frame
from helpers.data.peers.snapshots import About, Snapshot
from helpers.paths import ROOT

RESPONSE_RATE, RESPONDENTS = "U35900", "U35901"
"""Key figures on the user survey itself: the share who answered, and how many."""

_OTHERS = (
    "U31402", "U31403", "U35400", "U35401", "U31462",
    "N31814", "N35846", "N35847", "N35848", "N35849",
)  # fmt: skip
"""Other key figures that Kolada has by sex."""
POPULATION = "TAB638"
_YEARS = 6
SETTINGS = ROOT / "likavard.yml"


class Source(NamedTuple):
    """Where open data come from.

    Attributes
    ----------
    label : str
        Its name.
    variable : str
        The environment variable that can name another address.
    address : str
    kpis : tuple of str
        What the site needs from it.
    read : callable
    """

    label: str
    variable: str
    address: str
    kpis: tuple[str, ...]
    read: Callable[[Client, Asked], Answer]


SOURCES = {
    "kolada": Source(
        "Kolada",
        "LIKAVARD_KOLADA_URL",
        "https://api.kolada.se/v3",
        (*SURVEY_ITEMS, RESPONSE_RATE, RESPONDENTS, *_OTHERS),
        kolada.read,
    ),
    "scb": Source(
        "SCB",
        "LIKAVARD_SCB_URL",
        "https://statistikdatabasen.scb.se/api/v2",
        (POPULATION,),
        partial(pxweb.read, signs=pxweb.SIGNS["scb"]),
    ),
    "ssb": Source(
        "SSB",
        "LIKAVARD_SSB_URL",
        "https://data.ssb.no/api/pxwebapi/v2",
        ("07459",),
        partial(pxweb.read, signs=pxweb.SIGNS["ssb"]),
    ),
    "socialstyrelsen": Source(
        "Socialstyrelsen",
        "LIKAVARD_SOCIALSTYRELSEN_URL",
        "https://sdb.socialstyrelsen.se/api/v1/sv",
        (),
        socialstyrelsen.read,
    ),
}


def fetch(
    source: str,
    asked: Asked,
    day: date,
    to: Path | None = None,
    on_call: Callable[[], object] = lambda: None,
) -> Snapshot:
    """Fetch figures from a source into a snapshot, once every one asked for is accounted for.

    Parameters
    ----------
    source : str
        A name in `SOURCES`.
    asked : Asked
        What is asked for; where a part of it is empty, what the site needs.
    day : datetime.date
        Today.
    to : Path, optional
        The folder; that of `snapshots.folder` by default.
    on_call : callable, optional
        Called after each answer.

    Returns
    -------
    Snapshot
        With a row for every figure × place × year × sex, missing where the source has none.

    Raises
    ------
    PeersProblem
        If the source does not answer, or not as it should. Snapshots are left as they were.
    """
    client = Client(*SOURCES[source][:3], on_call)
    asked = _filled(source, asked, client, day)
    answer = SOURCES[source].read(client, asked)
    words = [[*key, word] for key, word in answer.words]
    about = About(answer.titles, answer.notes, words, _breaks())
    rows = frame(source, asked, answer, day)
    return snapshots.read(snapshots.write(rows, about, source, to or snapshots.own_folder()))


def _filled(source: str, asked: Asked, client: Client, day: date) -> Asked:
    """Add what the site needs where nothing is asked for, and ask for nothing twice."""
    kpis = asked.kpis or SOURCES[source].kpis
    if not kpis:
        raise PeersProblem(
            f"Webbplatsen behöver inget från {SOURCES[source].label}. {socialstyrelsen.HOW_TO_ASK}"
        )
    places = asked.places or _places(source, client)
    years = asked.years or range(day.year - _YEARS + 1, day.year + 1)
    return Asked(_once(kpis), _once(places), _once(years))


def _once(ids: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(ids))


def _places(source: str, client: Client) -> tuple[str, ...]:
    """Choose the places in `likavard.yml`; of Kolada's groups the members too."""
    if source == "ssb":
        return (COUNTRY, "0301")
    chosen = default()
    groups = tuple(place for place in chosen if place.startswith("G"))
    if source == "kolada":
        return (*chosen, *kolada.members(client, groups))
    return tuple(place for place in chosen if place not in groups)


def default(file: Path = SETTINGS) -> tuple[str, ...]:
    """Read which places to compare, the municipality's own first, in `likavard.yml`.

    Raises
    ------
    PeersProblem
        If the file does not list them.
    """
    try:
        return tuple(str(place) for place in [*_settings(file)["peers"]])
    except (LookupError, TypeError) as error:
        raise PeersProblem(
            f"{file.name}: lista kommunerna under peers, den egna först, med citattecken: "
            '["0484", "G36484", "0000"].'
        ) from error


def _breaks(file: Path = SETTINGS) -> dict[str, dict[str, str]]:
    """Read in which years a figure begins to be counted in another way, and why."""
    try:
        stated = _settings(file).get("peers_breaks") or {}
        return {kpi: {str(y): str(why) for y, why in own.items()} for kpi, own in stated.items()}
    except AttributeError as error:
        raise PeersProblem(
            f"{file.name}, peers_breaks: skriv år och skäl för varje nyckeltal, som "
            "U35543: {2024: frågan är ny}."
        ) from error


def _settings(file: Path) -> Any:  # noqa: ANN401 - whatever YAML holds
    try:
        return yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise PeersProblem(f"{file.name} går inte att läsa.") from error
