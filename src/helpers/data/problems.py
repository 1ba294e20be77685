"""What is wrong with the data, told to staff without a value from any row."""

from dataclasses import dataclass

from helpers.problem import Problem


def counted_rows(n: int) -> str:
    """Write a number of rows: ``"1 rad"``, ``"2 rader"``."""
    return f"{n} {'rad' if n == 1 else 'rader'}"


@dataclass(frozen=True)
class Finding:
    """One rule that a table breaks: what is wrong and what to do about it, in Swedish.

    Attributes
    ----------
    table, wrong, advice : str
    column : str, optional
        The column concerned, if it is one.
    rows : int, optional
        How many rows break the rule, if rows do.
    where : str, optional
        Which rows they are: ``"rad 4 och 17–22 i export.csv"``.
    notice : bool
        Whether it is only told, and stops nothing.
    """

    table: str
    wrong: str
    advice: str
    column: str | None = None
    rows: int | None = None
    where: str = ""
    notice: bool = False

    def __str__(self) -> str:
        place = f"{self.table}, kolumn {self.column}" if self.column else self.table
        return f"{place}: {self.wrong}{self._extent()}. {self.advice}"

    def _extent(self) -> str:
        if self.rows is None:
            return ""
        where = f": {self.where}" if self.where else ""
        return f" ({counted_rows(self.rows)}{where})"


class DataProblem(Problem):
    """Data that cannot be used: all that is wrong, one message to whoever delivers them."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__("\n".join(["Data kan inte användas:", *(f"- {f}" for f in findings)]))
        self.findings = findings
