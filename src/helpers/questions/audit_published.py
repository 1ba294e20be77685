"""What may be known of a user-led audit.

Its tables hold counts. What may be shown of them depends on how many were interviewed and on what
the auditors consent to; all else is a function of that.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import pandas as pd

from helpers.data import DataProblem
from helpers.data.problems import Finding
from helpers.data.reading import Tables
from helpers.disclosure import Rules, load_rules, load_secret
from helpers.disclosure.counts import noisy_counts
from helpers.stats import proportions
from helpers.stats.estimate import Estimate, difference

__all__ = ["PublishedAudit", "change", "protect"]


def __dir__() -> list[str]:
    return __all__


Basis: TypeAlias = Literal["figures", "noise", "halves"]
"""Figures as published; counts with noise; or just whether it is more than half."""


@dataclass(frozen=True, repr=False, eq=False)
class PublishedAudit:
    """What may be known of an audit. Everything shown is a function of it.

    Attributes
    ----------
    audit : mapping
        Its row in the table ``audits``; interviewed is None where only halves are known.
    basis : {"figures", "noise", "halves"}
    questions : DataFrame
        By question_id: area, text, role, parent_id; n, how many answered, and unfavourable, how
        many of them unfavourably (missing where not counted or not known); is_most, whether these
        are more than half of them.
    answers : DataFrame
        question_id, answer, n; no rows where only halves are known.
    claims : DataFrame
        As the table; without the numbers of answers that are not published.
    ratings : DataFrame
        As the table; no rows where the colours may not be shown.
    suggestions : DataFrame
        Those of the auditors, and those that at least `smallest_shown` people had.
    held_back : int
        How many suggestions are left out for having fewer.
    rules : Rules
        The rules that were followed.
    """

    audit: Mapping[str, Any]
    basis: Basis
    questions: pd.DataFrame
    answers: pd.DataFrame
    claims: pd.DataFrame
    ratings: pd.DataFrame
    suggestions: pd.DataFrame
    held_back: int
    rules: Rules

    def __repr__(self) -> str:
        return f"Published audit {self.audit['audit_id']} ({self.basis})"

    @property
    def counted(self) -> pd.DataFrame:
        """The questions that are coloured and counted."""
        coloured = self.questions.index.isin(self.ratings["question_id"])
        return self.questions[coloured & self.questions["n"].gt(0).fillna(False)]


def protect(
    tables: Tables, audit_id: str | None = None, rules: Rules | None = None
) -> PublishedAudit:
    """Make an audit what may be known of it.

    Parameters
    ----------
    tables : Tables
        Those of audits, as `helpers.data.read_tables` gives them.
    audit_id : str, optional
        Which audit; the last one reported by default.
    rules : Rules, optional
        By default those of `helpers.disclosure.load_rules`.

    Raises
    ------
    DataProblem
        If there is no such audit, or a question's unfavourable answers are not among its answers.
    """
    rules = rules or load_rules()
    audit = _audit(tables["audits"], audit_id)
    own = {name: _of(audit["audit_id"], table) for name, table in tables.items()}
    questions = own["audit_questions"].set_index("question_id")
    _refuse_unknown_answers(questions, own["audit_answers"])
    basis = _basis(audit, rules)
    answers = own["audit_answers"][["audit_id", "question_id", "answer", "n"]]
    if basis == "noise":
        secret = load_secret(tables.is_sample)
        answers = answers.assign(
            n=noisy_counts("audit_answers", answers, [*answers.columns[:-1]], secret, rules)
        )
    is_coloured = basis != "halves" or audit["publish"] == "colours"
    few = own["suggestions"]["people"].lt(rules.smallest_shown).fillna(False)
    return PublishedAudit(
        audit={**audit, "interviewed": audit["interviewed"] if basis == "figures" else None},
        basis=basis,
        questions=questions.drop(columns="unfavourable").join(
            _without_numbers(basis, _summed(questions, answers))
        ),
        answers=answers.head(0 if basis == "halves" else len(answers)),
        claims=_claims(own["audit_claims"], basis, is_coloured),
        ratings=own["audit_ratings"].head(len(own["audit_ratings"]) if is_coloured else 0),
        suggestions=own["suggestions"][~few].drop(columns="people"),
        held_back=int(few.sum()),
        rules=rules,
    )


def change(first: PublishedAudit, second: PublishedAudit) -> pd.DataFrame:
    """Compare two audits on the questions that both counted.

    Those interviewed are taken to be different people, drawn independently.

    Parameters
    ----------
    first, second : PublishedAudit
        The earlier and the later audit.

    Returns
    -------
    DataFrame
        By question_id: text, before and after (the unfavourable share), value, low and high:
        their difference with its 95 % interval.
    """
    both = first.questions.join(second.questions, lsuffix="_before", how="inner")
    both = both.dropna(subset=["n_before", "n", "unfavourable_before", "unfavourable"])
    rows = {name: _compared(row, first, second) for name, row in both.iterrows()}
    columns = ["text", "before", "after", "value", "low", "high"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns)


def _compared(
    row: "pd.Series[Any]", first: PublishedAudit, second: PublishedAudit
) -> tuple[str | float, ...]:
    before = _share(row["unfavourable_before"], row["n_before"], first)
    after = _share(row["unfavourable"], row["n"], second)
    gap = difference(after, before)
    return str(row["text_before"]), before.value, after.value, gap.value, gap.low, gap.high


def _share(unfavourable: int, n: int, audit: PublishedAudit) -> Estimate:
    noise = audit.rules.noise if audit.basis == "noise" else None
    return proportions.interval(int(unfavourable), int(n), noise=noise)


def _audit(audits: pd.DataFrame, audit_id: str | None) -> dict[str, Any]:
    ordered = audits.sort_values(["reported_on", "audit_id"])
    own = ordered[ordered["audit_id"] == audit_id] if audit_id else ordered.tail(1)
    if own.empty:
        advice = f"Revisionerna heter {', '.join(ordered['audit_id'])}."
        raise DataProblem(Finding("audits", "okänd revision", advice, "audit_id"))
    return {str(name): value for name, value in own.iloc[0].items()}


def _of(audit_id: str, table: pd.DataFrame) -> pd.DataFrame:
    own = table[table["audit_id"] == audit_id] if "audit_id" in table else table
    return own.reset_index(drop=True)


def _basis(audit: Mapping[str, Any], rules: Rules) -> Basis:
    if audit["publish"] == "figures":
        return "figures"
    return "noise" if audit["interviewed"] >= rules.smallest_sensitive else "halves"


def _refuse_unknown_answers(questions: pd.DataFrame, answers: pd.DataFrame) -> None:
    known = answers.groupby("question_id")["answer"].agg(set)
    stated = questions["unfavourable"].dropna().str.split("|").map(set)
    stray = [not own <= known.get(name, own) for name, own in stated.items()]
    if any(stray):
        advice = "Skriv svaren som i audit_answers, med | emellan."
        wrong = "svar som ingen fråga har"
        raise DataProblem(Finding("audit_questions", wrong, advice, "unfavourable", sum(stray)))


def _without_numbers(basis: Basis, summed: pd.DataFrame) -> pd.DataFrame:
    unknown = pd.Series(pd.NA, summed.index, dtype="Int64")
    return summed.assign(n=unknown, unfavourable=unknown) if basis == "halves" else summed


def _claims(claims: pd.DataFrame, basis: Basis, is_coloured: bool) -> pd.DataFrame:
    """Leave out the numbers of people that are not published, and of colours that are not."""
    is_of_colours = claims["question_id"].isna()
    if basis != "figures":
        claims = claims.assign(n=claims["n"].where(is_of_colours))
    return claims if is_coloured else claims[~is_of_colours]


def _summed(questions: pd.DataFrame, answers: pd.DataFrame) -> pd.DataFrame:
    """Sum each question's answers, and its unfavourable ones."""
    bad = questions["unfavourable"].dropna().str.split("|").explode()
    pairs = pd.MultiIndex.from_arrays([bad.index, bad])
    is_bad = pd.MultiIndex.from_frame(answers[["question_id", "answer"]]).isin(pairs)
    n = answers.groupby("question_id")["n"].sum().reindex(questions.index)
    unfavourable = answers[is_bad].groupby("question_id")["n"].sum().reindex(questions.index)
    sums = pd.DataFrame({"n": n, "unfavourable": unfavourable}, dtype="Int64")
    return sums.assign(is_most=2 * sums["unfavourable"] > sums["n"])
