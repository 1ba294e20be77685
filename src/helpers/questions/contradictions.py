"""Double-check published figures against each other, by stated rules.

A rule compares figures that ought to agree and says what it compared, whether they agreed or
not. What did not is a contradiction: two figures in one document that cannot both be right.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import pandas as pd

from helpers.stats.published import counts_behind, decimals_of

QUANTITY = ["source", "place", "period", "topic", "measure", "group", "unit"]
QUESTION = ["source", "place", "period", "topic", "group"]
WHOLE = [*QUESTION, "passage", "unit"]

Read = TypeVar("Read")
"""What rules are held against: figures, or an audit."""


@dataclass(frozen=True)
class Comparison:
    """Figures that ought to agree.

    Attributes
    ----------
    source, topic, measure : str
        What the figures are about.
    values : tuple of float
        The figures, in the order `finding` names them.
    finding : str
        What they say, in Swedish.
    agrees : bool
        Whether they can all be right.
    """

    source: str
    topic: str
    measure: str
    values: tuple[float, ...]
    finding: str
    agrees: bool


@dataclass(frozen=True)
class Rule(Generic[Read]):
    """What figures ought to fulfil.

    Attributes
    ----------
    name, explanation : str
        For those who read the result, in Swedish.
    compare : callable
        From what is read to every comparison the rule makes.
    """

    name: str
    explanation: str
    compare: Callable[[Read], Iterator[Comparison]]


def contradictions(figures: pd.DataFrame) -> pd.DataFrame:
    """Find figures that cannot all be right.

    Parameters
    ----------
    figures : pandas.DataFrame
        Published figures, as `helpers.data.read_published` gives them.

    Returns
    -------
    pandas.DataFrame
        Columns rule, explanation, source, topic, measure, values (tuple), finding.
    """
    return disagreeing(compared(RULES, figures))


def checks(figures: pd.DataFrame) -> pd.DataFrame:
    """Count what each rule compared, and how much of it agreed.

    Parameters
    ----------
    figures : pandas.DataFrame
        Published figures, as `helpers.data.read_published` gives them.

    Returns
    -------
    pandas.DataFrame
        One row a rule: rule, explanation, compared, agreed.
    """
    return counted(RULES, compared(RULES, figures))


def compared(rules: Sequence[Rule[Read]], read: Read) -> pd.DataFrame:
    """Make every comparison of some rules: rule, explanation and a `Comparison`'s attributes."""
    rows = [
        {"rule": rule.name, "explanation": rule.explanation, **vars(comparison)}
        for rule in rules
        for comparison in rule.compare(read)
    ]
    columns = ["rule", "explanation", *Comparison.__dataclass_fields__]
    return pd.DataFrame(rows, columns=columns).astype({"agrees": bool})


def disagreeing(comparisons: pd.DataFrame) -> pd.DataFrame:
    """Keep those that do not agree, as `contradictions` gives them."""
    return comparisons[~comparisons["agrees"]].drop(columns="agrees").reset_index(drop=True)


def counted(rules: Sequence[Rule[Read]], comparisons: pd.DataFrame) -> pd.DataFrame:
    """Count the comparisons of each rule, as `checks` gives them."""
    sums = comparisons.groupby("rule")["agrees"].agg(compared="size", agreed="sum")
    told = pd.DataFrame([(rule.name, rule.explanation) for rule in rules])
    table = told.set_axis(["rule", "explanation"], axis=1).join(sums, on="rule")
    return table.fillna({"compared": 0, "agreed": 0}).astype({"compared": int, "agreed": int})


def _parts(figures: pd.DataFrame) -> Iterator[Comparison]:
    for parts in _groups(figures[figures["part"]], WHOLE):
        first, total = parts.iloc[0], float(parts["value"].sum())
        percent = first["unit"] == "percent"
        whole = 100.0 if percent else float(first["n"])
        slack = len(parts) / 2 if percent else 0
        finding = f"delarna ger {_number(total)}, helheten anges till {_number(whole)}"
        yield _comparison(
            first, _place(first), (total, whole), finding, abs(total - whole) <= slack
        )


def _percentages_of_answers(figures: pd.DataFrame) -> Iterator[Comparison]:
    for _, figure in figures[(figures["unit"] == "percent") & figures["n"].notna()].iterrows():
        percent, n = figure["value"], int(figure["n"])
        finding = f"{_number(percent)} % av {n} svar"
        agrees = bool(counts_behind(percent, n, decimals_of(percent)))
        yield _comparison(figure, figure["measure"], (percent, n), finding, agrees)


def _percentages_of_counts(figures: pd.DataFrame) -> Iterator[Comparison]:
    stated = figures[figures["n"].notna()]
    same = [*QUESTION, "measure", "passage", "n"]
    counts = stated.loc[stated["unit"] == "count", [*same, "value"]]
    both = stated[stated["unit"] == "percent"].merge(counts, on=same, suffixes=("", "_count"))
    for _, figure in both.iterrows():
        percent, count, n = figure["value"], int(figure["value_count"]), int(figure["n"])
        finding = f"{count} av {n} svar, {_number(percent)} %"
        agrees = count in counts_behind(percent, n, decimals_of(percent))
        yield _comparison(figure, figure["measure"], (count, n, percent), finding, agrees)


def _given_twice(figures: pd.DataFrame) -> Iterator[Comparison]:
    for same in _groups(figures, QUANTITY):
        if len(same) > 1:
            yield _same(same, same.iloc[0]["measure"], same["value"])


def _answers_given_twice(figures: pd.DataFrame) -> Iterator[Comparison]:
    wholes = figures[figures["part"]].drop_duplicates([*QUESTION, "passage"])
    for same in _groups(wholes, QUESTION):
        if len(same) > 1:
            yield _same(same, "antal svar", same["n"])


def _same(figures: pd.DataFrame, measure: str, values: pd.Series) -> Comparison:
    """Compare one quantity as it is given in several places."""
    numbers = tuple(float(value) for value in values)
    places = [_place(figure) for _, figure in figures.iterrows()]
    given = [f"{_number(x)} ({place})" for x, place in zip(numbers, places, strict=True)]
    return _comparison(
        figures.iloc[0], measure, numbers, " och ".join(given), len(set(numbers)) == 1
    )


def _comparison(
    figure: pd.Series, measure: str, values: tuple[float, ...], finding: str, agrees: bool
) -> Comparison:
    return Comparison(figure["source"], figure["topic"], measure, values, finding, agrees)


def _groups(figures: pd.DataFrame, by: list[str]) -> Iterator[pd.DataFrame]:
    return (group for _, group in figures.groupby(by, dropna=False, sort=False))


def _place(figure: pd.Series) -> str:
    return "redovisningen" if pd.isna(figure["passage"]) else str(figure["passage"])


def _number(value: float) -> str:
    return f"{value:g}".replace(".", ",")


RULES: list[Rule[pd.DataFrame]] = [
    Rule(
        "Delarna ger helheten",
        "Delarna ska tillsammans ge det antal svar som anges, eller 100 procent så när som på"
        " avrundning.",
        _parts,
    ),
    Rule(
        "Procenten går att få",
        "Något helt antal av svaren ska ge procenten: 30 procent av 10 svar är 3, men 33 procent"
        " av 10 svar går inte att få.",
        _percentages_of_answers,
    ),
    Rule(
        "Procenten följer av antalet",
        "Där både antal och procent anges ska antalet delat med antalet svar ge procenten.",
        _percentages_of_counts,
    ),
    Rule(
        "Samma uppgift, samma tal",
        "En uppgift som anges på flera ställen ska vara densamma överallt.",
        _given_twice,
    ),
    Rule(
        "Samma fråga, lika många svar",
        "En fråga som redovisas på flera ställen ska ha lika många svar överallt.",
        _answers_given_twice,
    ),
]
