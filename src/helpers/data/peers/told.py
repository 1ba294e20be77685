"""What is told in the terminal of open data: what came, what is missing, and how old it is."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby

from helpers.data.peers.shape import PeersProblem, Status
from helpers.data.peers.snapshots import NONE_THERE, Snapshot, every
from helpers.data.peers.sources import SOURCES

STATUSES = {
    Status.OK: "tal",
    Status.MISSING: "saknas",
    Status.NOT_APPLICABLE: "ej tillämpligt",
    Status.SECRET: "sekretess",
    Status.DELETED: "borttaget",
}


def fetched(snapshot: Snapshot) -> Iterator[str]:
    """Tell what a snapshot that was just fetched holds, and name what it lacks."""
    yield _summed(snapshot)
    lacking = snapshot.rows[snapshot.rows["status"] == Status.MISSING]
    by_figure = lacking.groupby(["kpi", "place_code"], sort=False)
    for (kpi, place), rows in by_figure:
        cells = sorted(zip(rows["year"], rows["sex"], strict=True))
        years = (
            f"{year} ({', '.join(sex for _, sex in of_year)})"
            for year, of_year in groupby(cells, key=lambda cell: cell[0])
        )
        yield f"  saknas: {kpi}, {place}: {', '.join(years)}"
    for *key, word in snapshot.about.words:
        yield f"  okänd status ”{word}” räknas som saknas: {', '.join(map(str, key))}"


def all_snapshots(today: date) -> Iterator[str]:
    """Tell of every snapshot how old it is.

    Raises
    ------
    PeersProblem
        If there is none, or one is not as it was written.
    """
    found = every()
    if not found:
        raise PeersProblem(NONE_THERE)
    for snapshot in found:
        age = (today - snapshot.fetched_on).days
        yield f"{_summed(snapshot)} Hämtat {snapshot.fetched_on}, {_ago(age)}."
    if all(snapshot.is_invented for snapshot in found):
        yield "Talen är påhittade. Kör likavard peers fetch för att hämta verkliga."


def _ago(days: int) -> str:
    return {0: "i dag", 1: "i går"}.get(days, f"för {days} dagar sedan")


def _summed(snapshot: Snapshot) -> str:
    rows = snapshot.rows
    counts = rows["status"].value_counts()
    said = ", ".join(
        f"{name} {counts[status]}" for status, name in STATUSES.items() if status in counts
    )
    labels = " och ".join(SOURCES[name].label for name in rows["source"].unique())
    period = f"{rows['year'].min()}–{rows['year'].max()}"
    places = rows["place_code"].nunique()
    return (
        f"{snapshot.file.name}: {labels}, {rows['kpi'].nunique()} mått, "
        f"{places} {'plats' if places == 1 else 'platser'}, {period} ({said})."
    )


def years(listed: Sequence[str]) -> tuple[int, ...]:
    """Read years.

    Raises
    ------
    PeersProblem
        If one is no year.
    """
    if any(len(year) != 4 or not year.isdecimal() for year in listed):
        raise PeersProblem("--year ska vara år med fyra siffror och komma emellan: 2022,2023.")
    return tuple(int(year) for year in listed)
