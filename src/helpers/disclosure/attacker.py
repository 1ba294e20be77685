"""What a reader can still learn: what is likely of the true counts behind the noisy ones."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from scipy.stats import binom

from helpers.disclosure import noise
from helpers.disclosure.noise import Floats, Integers
from helpers.disclosure.tally import ALL, PEOPLE, TOTAL
from helpers.stats import latent_attributes as latent
from helpers.stats.latent_people import LatentPeople

SWEEPS, WALKS = 100, 8
"""How far the reader walks, and how often from a new start."""
SURE = 0.9
"""How sure a reader is who names a count."""

Who: TypeAlias = dict[tuple[str, ...], Any]
"""The value of each attribute that a cell counts."""

_OPEN = {"waiting", "open", "ongoing"}
"""Values that may be another in a later release. Any other stays."""
_MEANS: Mapping[str, Who] = {
    "housed": {("ended", "end"): "access"},
    "flow": {("ended", "end"): None},
    "reached": {("outcomes", "outcome"): "reached"},
    "found": {("stages", "stage"): "found"},
    "extended": {("stages", "stage"): "granted"},
    "days": {("stages", "stage"): "granted"},
    "unplanned": {("ended", "ending"): "unplanned"},
    "time": {("ended", "ending"): "unplanned"},
}
"""What is true of everyone of whom a table says yes."""
_UNTIL = ("flow", "until", "half-year")
_BEGUN = ("half_year",), _UNTIL
_SPELLS = {"extensions": {"placements"}, "unplanned-terminations": {"ended", "time", "unplanned"}}
"""Tables that count placements, of which the others count a person's first, by question."""


@dataclass(frozen=True)
class Risk:
    """Shares of the true counts, and changes between releases, of 1–4 that a reader names."""

    counts: float
    changes: float
    by_rates: float


class Cell(NamedTuple):
    """A published count: in which release, of whom."""

    release: int
    who: Who
    n: int


def measure(releases: Sequence[Mapping[str, Any]], *, seed: int = 0) -> Risk:
    """Say how much a reader names who believes what numbers and noise make likely.

    Parameters
    ----------
    releases : sequence of mapping
        Records of one question, as `Published.to_record` gives them, oldest first. One with
        ``"exact": True`` holds numbers without noise.
    seed : int
        Of the draws.

    Returns
    -------
    Risk
        Expected shares, 0 to 1. `by_rates` is of the counts, for someone who knows the rates
        and the number of people and nothing more.
    """
    draws, (earlier, later) = posterior(releases, seed=seed), changes_of(cells_of(releases))
    changes = chances(draws[:, later] - draws[:, earlier])
    return Risk(named(chances(draws)), named(changes), by_rates(draws))


def posterior(
    releases: Sequence[Mapping[str, Any]], *, seed: int = 0, sweeps: int = SWEEPS
) -> Integers:
    """Draw the true counts given everything published.

    A reader knows that each person has one sex and one value of each grouping, column and item;
    that what has ended, or happened by a landmark, stays so; that nobody disappears; and what
    `_MEANS` says. Else tables have nothing to do with one another. Means and sums are not read.

    Parameters
    ----------
    releases, seed
        As `measure` takes them.
    sweeps : int
        Of each walk: how often each attribute of each person is tried.

    Returns
    -------
    ndarray of int, shape (draws, cells)
        In the order of `cells_of`.
    """
    cells = cells_of(releases)
    names, when = list(dict.fromkeys(n for c in cells for n in c.who)), [c.release for c in cells]
    passed = [date.fromisoformat(record["as_of"]).toordinal() for record in releases]
    allowed = [latent.entry(when), *(_allowed(name, cells, passed) for name in names)]
    pairs = [(a, b) for a in names for b in _MEANS.get(a[0], ()) if len(a) > 1]
    clash = []
    for one, other in [*pairs, *([_BEGUN] if {*_BEGUN} <= {*names} else [])]:
        both = [n for n, cell in enumerate(cells) if {one, other} <= {*cell.who}]
        places = names.index(one) + 1, names.index(other) + 1
        there, first, second = (allowed[place][..., both] for place in (0, *places))
        first = ~first if (one, other) == _BEGUN else first  # not yet begun is not yet ended
        clash.append((*places, latent.clash(there, first, second)))
    noisy = np.array([cell.n for cell in cells])
    people = LatentPeople(allowed, noisy, [_noise(releases[r]) for r in when], clash)
    return people.draws(sweeps, WALKS, seed)


def chances(draws: Integers) -> Floats:
    """Chance of -4 to -1 and of 1 to 4, shape (8, cells)."""
    return np.array([(draws == n).mean(axis=0) for n in (-4, -3, -2, -1, 1, 2, 3, 4)])


def named(chance: Floats) -> float:
    """Share that is named of what is expected to be among the values, those along axis 0."""
    surest = chance.max(axis=0, initial=0.0)
    return float(surest[surest >= SURE].sum() / max(chance.sum(), 1e-9))


def by_rates(draws: Integers) -> float:
    """Share named by someone who knows the rates and the number of people, and nothing more."""
    mean = draws.mean(axis=0)
    return named(binom.pmf(np.arange(1, 5)[:, None], round(mean.max()), mean / mean.max()))


def cells_of(releases: Sequence[Mapping[str, Any]]) -> list[Cell]:
    """List every row of every table of every release, the same people once."""
    cells = (
        Cell(release, _who(record, name, row), row["n"])
        for release, record in enumerate(releases)
        for name, table in record["tables"].items()
        for row in (dict(zip(table["columns"], values, strict=True)) for values in table["rows"])
    )
    return list({(cell.release, frozenset(cell.who.items())): cell for cell in cells}.values())


def _who(record: Mapping[str, Any], table: str, row: Mapping[str, Any]) -> Who:
    if table == "flow":
        return _in_flow(record["as_of"], row)
    own = {k: v for k, v in row.items() if k not in {"grouping", "group", "sex", "n", "years"}}
    day, item = own.pop("landmark", None), own.pop("item", None)
    who: Who = {} if row["sex"] == TOTAL else {("sex",): row["sex"]}
    if row["grouping"] != ALL:
        who[(row["grouping"],)] = row["group"]
    if table not in _SPELLS.get(record["question"], {table}):
        who[PEOPLE, row["grouping"], "first"] = True
    for column, value in own.items() if own or table == PEOPLE else [("counted", True)]:
        name = (table, column) if item is None else (table, column, str(item))
        who[name] = latent.ANY if value == TOTAL else value if day is None else (day, value)
    return who if False in own.values() else who | _MEANS.get(table, {})


def _in_flow(as_of: str, row: Mapping[str, Any]) -> Who:
    """Who ended in a half-year, and how; or who had begun by its end, and ended after it if at all.

    Those left at the end of the last half-year are those whom other tables say to be left.
    """
    who: Who = {("sex",): row["sex"]}
    half_year, flow = row["group"], row["flow"]
    if flow not in _OPEN:
        return who | {_UNTIL: f"{half_year} {flow}", ("ended", "end"): flow}
    if half_year == f"{as_of[:4]}H{1 if as_of[5:7] <= '06' else 2}":
        return who | {("ended", "end"): flow}
    return who | {("half_year",): _Around(half_year, False), _UNTIL: _Around(half_year, True)}


@dataclass(frozen=True)
class _Around:
    """Whether what is seen, if anything, begins with a later half-year, or with none later."""

    half_year: str
    is_later: bool

    def __call__(self, seen: set[str]) -> bool:
        return all((value[:6] > self.half_year) == self.is_later for value in seen)


def changes_of(cells: Sequence[Cell]) -> tuple[list[int], list[int]]:
    """Find the places of each cell that is in two releases in a row, earlier and later."""
    place = {(cell.release, frozenset(cell.who.items())): n for n, cell in enumerate(cells)}
    before = {n: place.get((release - 1, who)) for (release, who), n in place.items()}
    pairs = {later: earlier for later, earlier in before.items() if earlier is not None}
    return [*pairs.values()], [*pairs]


def _allowed(name: tuple[str, ...], cells: Sequence[Cell], days: Sequence[int]) -> latent.Bools:
    asked, when = [cell.who.get(name) for cell in cells], [cell.release for cell in cells]
    if isinstance(next(value for value in asked if value is not None), tuple):
        quarter = min(value[0] for value in asked if value)
        return latent.course(asked, when, [round((day - days[0]) / quarter) for day in days])
    may_end = len(name) == 2  # of a table; not a grouping nor an item
    return latent.path(asked, when, _OPEN.__contains__, changes=may_end, is_known=name == ("sex",))


def _noise(record: Mapping[str, Any]) -> Floats:
    table = noise.table(record["rules"]["max_noise"], record["rules"]["variance"])
    return np.eye(len(table[0]))[[len(table) - 1] * len(table)] if record.get("exact") else table
