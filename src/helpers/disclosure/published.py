"""What may be known of a question: noisy counts, and what is estimated from them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

import pandas as pd

from helpers.disclosure.noise import Floats, of_sum
from helpers.disclosure.rules import Rules
from helpers.disclosure.tally import EVERYONE, MEASURED, PEOPLE, Group
from helpers.stats import proportions, rates
from helpers.stats.estimate import Estimate

_HALF = 0.5
"""What rounding to whole years may have moved a sum."""
HUNDRED = 100.0


class Level(NamedTuple):
    """One group's level of a measure with its interval, and how many it rests on."""

    estimate: Estimate
    n: int


class Mean(NamedTuple):
    """A noisy mean in days, the standard deviation of its noise, and of how many it is."""

    value: float
    noise: float
    n: int


@dataclass(frozen=True, repr=False, eq=False)
class Published:
    """What may be known of a question. Everything shown is a function of it.

    Attributes
    ----------
    question, as_of
        As in `Tally`.
    by, left_out : tuple of str
        Sex and each further column of which groups are shown; and those that were asked for, but
        whose groups a town of this size does not show.
    tables : mapping of str to DataFrame
        ``grouping``, ``group``, ``sex``, typed columns, the noisy ``n`` and, of times, whole
        ``years``.
    means : DataFrame
        ``grouping``, ``group``, ``sex``, ``measure``, noisy ``n`` and ``value`` (days), and
        ``noise``, its standard deviation (days).
    rules : Rules
        The rules that were followed.
    key : str
        Fingerprint of the key that decided the noise.
    """

    question: str
    as_of: date
    by: tuple[str, ...]
    left_out: tuple[str, ...]
    tables: Mapping[str, pd.DataFrame]
    means: pd.DataFrame
    rules: Rules
    key: str

    def __repr__(self) -> str:
        return f"Published of {self.question} as of {self.as_of}: {', '.join(self.tables)}"

    def groups(self) -> list[Group]:
        """List everyone first, then each group of each further column."""
        people = self.tables[PEOPLE]
        pairs = dict.fromkeys(zip(people["grouping"], people["group"], strict=True))
        return [Group(grouping, value) for grouping, value in pairs]

    def people(self, sex: str, group: Group = EVERYONE) -> int | None:
        """Count a group's people; None where they are fewer than may be described."""
        n = self.cell(PEOPLE, group, sex=sex)
        return n if n >= self.rules.smallest_group else None

    def count(self, table: str, sex: str, group: Group = EVERYONE, **cell: object) -> int | None:
        """Look up a noisy count by the value of each further column of a table.

        None where the group has fewer people than may be described.
        """
        if self.people(sex, group) is None:
            return None
        return self.cell(table, group, sex=sex, **cell)

    def share(
        self,
        table: str,
        part: Mapping[str, Sequence[object]],
        whole: Mapping[str, Sequence[object]],
        group: Group = EVERYONE,
        **cell: object,
    ) -> Level | None:
        """Estimate a share from noisy cells.

        Parameters
        ----------
        table : str
            A key of `tables`.
        part, whole : mapping of str to sequence
            One column, and the values that are counted, and among which.
        **cell
            ``sex`` and the value of every other column.

        Returns
        -------
        Level or None
            None where the whole is fewer than may be described.
        """
        [(column, counted)], [(_, among)] = part.items(), whole.items()
        counts = {value: self.cell(table, group, **cell, **{column: value}) for value in among}
        x, n = sum(counts[value] for value in counted), sum(counts.values())
        if n < self.rules.smallest_group:
            return None
        kernel = self.noise_of(max(len(counted), len(among) - len(counted)))
        return Level(proportions.interval(x, n, noise=kernel), n)

    def noise_of(self, cells: int) -> Floats:
        """Give the noise of a sum of so many noisy counts."""
        kernel = self.rules.noise
        while cells > 1:
            kernel, cells = of_sum(kernel), -(-cells // 2)
        return kernel

    def landmarks(self, table: str, sex: str, group: Group = EVERYONE) -> dict[int, Level | None]:
        """Estimate the share for whom something had happened by each landmark.

        The table has a column ``landmark`` and one of its own name, true or false. The shares are
        of those followed so long; None where they are too few.
        """
        days = dict.fromkeys(self.tables[table]["landmark"].tolist())
        part, whole = {table: [True]}, {table: [True, False]}
        return {day: self.share(table, part, whole, group, sex=sex, landmark=day) for day in days}

    def rate(self, table: str, sex: str, group: Group = EVERYONE, **cell: object) -> Level | None:
        """Estimate events per 100 years, from their noisy count ``n`` and whole ``years``.

        None where the group has fewer people than may be described, or no whole year.
        """
        people = self.people(sex, group)
        events, years = self._found(table, group, {"sex": sex, **cell})
        if people is None or not years:
            return None
        found = rates.interval(
            events, years / HUNDRED, noise=self.rules.noise, rounding=_HALF / HUNDRED
        )
        return Level(found, people)

    def mean(self, measure: str, sex: str, group: Group = EVERYONE) -> Mean | None:
        """Look up a noisy mean; None where it is of fewer than may be, or not given."""
        if self.means.empty:
            return None
        is_of = (self.means["grouping"] == group.grouping) & (self.means["group"] == group.value)
        own = self.means[is_of & (self.means["measure"] == measure) & (self.means["sex"] == sex)]
        if own.empty or own["n"].iloc[0] < self.rules.smallest_mean:
            return None
        value, noise, n = own[["value", "noise", "n"]].iloc[0]
        return Mean(float(value), float(noise), int(n))

    def cell(self, table: str, group: Group = EVERYONE, **cell: object) -> int:
        """Look up a noisy count, however few the group has: for estimates, not for readers."""
        return self._found(table, group, cell)[0]

    def years(self, table: str, group: Group = EVERYONE, **cell: object) -> int:
        """Look up the whole years of a cell; 0 where the group is not described."""
        return self._found(table, group, cell)[1]

    def _found(self, table: str, group: Group, cell: Mapping[str, object]) -> tuple[int, int]:
        """Look up a noisy count and its years; 0 where the table has no such cell."""
        columns, cells = self._cells[table]
        where = {"grouping": group.grouping, "group": group.value, **cell}
        return cells.get(tuple(where[column] for column in columns), (0, 0))

    @cached_property
    def _cells(self) -> dict[str, tuple[list[str], dict[tuple[object, ...], tuple[int, int]]]]:
        """Index the tables, in which estimates look up hundreds of cells."""
        return {name: _indexed(table) for name, table in self.tables.items()}

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> "Published":
        """Read back what `to_record` gives, but for which columns were left out.

        Raises
        ------
        KeyError, TypeError, ValueError, RuleProblem
            If it is something else.
        """
        tables = {
            name: pd.DataFrame(table["rows"], columns=table["columns"])
            for name, table in record["tables"].items()
        }
        groupings = tables[PEOPLE]["grouping"].unique().tolist()
        return cls(
            question=record["question"],
            as_of=date.fromisoformat(record["as_of"]),
            by=("sex", *groupings[1:]),
            left_out=(),
            tables=tables,
            means=pd.DataFrame(record["means"]),
            rules=Rules(**record["rules"]),
            key=record["key"],
        )

    def to_record(self) -> dict[str, Any]:
        """Give everything that may be known as plain JSON, for releases and for the reader."""
        tables = {name: table.to_dict("split", index=False) for name, table in self.tables.items()}
        return {
            "question": self.question,
            "as_of": self.as_of.isoformat(),
            "key": self.key,
            "rules": asdict(self.rules),
            "tables": {
                name: {"columns": table["columns"], "rows": table["data"]}
                for name, table in tables.items()
            },
            "means": self.means.to_dict("records"),
        }


def joined(records: Iterable[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Put together what is published of each question in several parts, every cell once.

    Parameters
    ----------
    records : iterable of dict
        As `Published.to_record` gives them.

    Returns
    -------
    dict of str to dict
        One record a question: the first one's, with all tables, and the means of one that has any.
    """
    found: dict[str, dict[str, Any]] = {}
    for record in records:
        before = found.get(record["question"], record)
        tables = dict(before["tables"])
        for name, table in record["tables"].items():
            tables[name] = _united(tables.get(name, table), table)
        means = before["means"] or record["means"]
        found[record["question"]] = before | {"tables": tables, "means": means}
    return found


def _united(*tables: dict[str, Any]) -> dict[str, Any]:
    """Give each cell of several tables once, by the columns that tell it apart."""
    cells: dict[tuple[Any, ...], dict[str, Any]] = {}
    for table in tables:
        for values in table["rows"]:
            row = dict(zip(table["columns"], values, strict=True))
            cell = tuple(value for name, value in row.items() if name not in (*MEASURED, "years"))
            cells[cell] = cells.get(cell, {}) | row
    columns = list(dict.fromkeys(name for table in tables for name in table["columns"]))
    return {
        "columns": columns,
        "rows": [[row.get(name) for name in columns] for row in cells.values()],
    }


def _indexed(
    table: pd.DataFrame,
) -> tuple[list[str], dict[tuple[object, ...], tuple[int, int]]]:
    columns = [column for column in table.columns if column not in ("n", "years")]
    places = zip(*(table[column].tolist() for column in columns), strict=True)
    found = zip(table["n"].tolist(), table.get("years", table["n"]).tolist(), strict=True)
    return columns, dict(zip(places, found, strict=True))
