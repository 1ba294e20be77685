"""Double-check an audit's report: text, tables, overview and discussion ought to say the same.

Counts and colours are held to the rules of published figures; the rest are an audit's own.
"""

import unicodedata
from collections.abc import Iterator
from typing import Any

import pandas as pd

from helpers.data.codes import COLOUR, PLACE
from helpers.questions import contradictions as figures
from helpers.questions.audit_published import PublishedAudit
from helpers.questions.contradictions import Comparison, Rule, compared, counted

__all__ = ["by_rule", "checks"]


def __dir__() -> list[str]:
    return __all__


_TABLE = "tabellen"
_COLOURS = "frågornas färg"


def checks(audit: PublishedAudit) -> pd.DataFrame:
    """Make every comparison, of an audit's figures and of the audit itself.

    Returns
    -------
    DataFrame
        As `helpers.questions.contradictions.compared` gives it.
    """
    of_figures = compared(figures.RULES, _figures(audit))
    return pd.concat([of_figures, compared(_RULES, audit)], ignore_index=True)


def by_rule(made: pd.DataFrame) -> pd.DataFrame:
    """Count the comparisons that each rule made, and those that agreed; rules that made some.

    Parameters
    ----------
    made : DataFrame
        As `checks` gives them.
    """
    every = pd.concat([counted(figures.RULES, made), counted(_RULES, made)], ignore_index=True)
    return every[every["compared"] > 0]


def _figures(audit: PublishedAudit) -> pd.DataFrame:
    """Lay the audit's numbers out as published figures."""
    rows = [*_answers(audit), *_claims(audit), *_of_colours(audit)]
    whose = {
        "source": audit.audit["unit"], "place": None, "period": None, "group": "all",
        "unit": "count", "base": None,
    }  # fmt: skip
    columns = ["topic", "passage", "measure", "value", "n", "part"]
    return pd.DataFrame(rows, columns=columns).astype({"part": bool}).assign(**whose)


def _answers(audit: PublishedAudit) -> Iterator[tuple[Any, ...]]:
    if audit.basis != "figures":  # noisy parts need not add up
        return
    for question, answer, n in audit.answers[["question_id", "answer", "n"]].to_numpy(object):
        text, whole = audit.questions.loc[question, ["text", "n"]]
        yield text, _TABLE, answer, n, whole, True


def _claims(audit: PublishedAudit) -> Iterator[tuple[Any, ...]]:
    """Give the numbers in the text; its parts stand beside the whole that it gives."""
    stated = audit.claims.dropna(subset=["question_id", "n"])
    wholes = stated[stated["answer"].isna()].set_index(["question_id", "place"])["n"]
    for row in stated.dropna(subset=["answer"]).to_dict("records"):
        whole = wholes.get((row["question_id"], row["place"]))
        text = audit.questions.loc[row["question_id"], "text"]
        yield text, PLACE[row["place"]], row["answer"], row["n"], whole, whole is not None


def _of_colours(audit: PublishedAudit) -> Iterator[tuple[Any, ...]]:
    """Count the questions of each colour, in each version."""
    rated = audit.ratings.rename(columns={"version": "place", "colour": "answer"})
    rated = rated.groupby(["place", "answer"]).size().reset_index(name="n")
    claimed = audit.claims[audit.claims["question_id"].isna()].dropna(subset=["n"])
    both = pd.concat([rated, claimed[["place", "answer", "n"]]])
    sizes = both.groupby("place")["n"].sum()
    for place, colour, n in both.to_numpy(object):
        yield _COLOURS, PLACE[place], f"{COLOUR[colour]} färg", n, sizes[place], True


def _comparison(
    audit: PublishedAudit, topic: str, measure: str, finding: str, agrees: bool
) -> Comparison:
    return Comparison(audit.audit["unit"], topic, measure, (), finding, agrees)


def _coloured(audit: PublishedAudit) -> pd.DataFrame:
    rated = audit.ratings.drop_duplicates("question_id").set_index("question_id")
    return audit.questions.join(rated["colour"].map(COLOUR))


def _follow_ups(audit: PublishedAudit) -> Iterator[Comparison]:
    for row in _coloured(audit).query("role != 'rated'").to_dict("records"):
        has_colour = not pd.isna(row["colour"])
        finding = f"är {row['colour']} men ska inte ha någon färg" if has_colour else "utan färg"
        yield _comparison(audit, row["area"], row["text"], finding, not has_colour)


def _without_colour(audit: PublishedAudit) -> Iterator[Comparison]:
    if audit.ratings.empty:
        return
    for area, own in _coloured(audit).query("role == 'rated'").groupby("area", sort=False):
        missing = own.loc[own["colour"].isna(), "text"]
        whole = "hela området saknar färg" if len(missing) == len(own) else "utan färg"
        finding = f"{whole}: {' '.join(missing)}" if len(missing) else "alla har färg"
        yield _comparison(audit, str(area), "frågor som skulle få färg", finding, missing.empty)


def _few_answers(audit: PublishedAudit) -> Iterator[Comparison]:
    least = audit.rules.smallest_shown
    for row in _coloured(audit).loc[audit.counted.index].to_dict("records"):
        answers = f"{row['n']} svar" if audit.basis == "figures" else "få svar"
        finding = f"är {row['colour']} med {answers}"
        yield _comparison(audit, row["area"], row["text"], finding, bool(row["n"] >= least))


def _same_share(audit: PublishedAudit) -> Iterator[Comparison]:
    if audit.basis != "figures":
        return
    counted = _coloured(audit).loc[audit.counted.index]
    shares = counted["unfavourable"].astype(float) / counted["n"].astype(float)
    for share, own in counted.groupby(shares):
        if len(own) > 1:
            given = own.groupby("colour", sort=False)["text"].agg(" ".join)
            finding = "; ".join(f"{colour}: {texts}" for colour, texts in given.items())
            measure = f"{100 * float(str(share)):.0f} % ogynnsamma svar"
            yield _comparison(audit, _COLOURS, measure, finding, len(given) == 1)


def _words(audit: PublishedAudit) -> Iterator[Comparison]:
    """Let no word for how many reach over the share that another word stands for."""
    shares = _shares_of_words(audit)
    spans = {word: (min(own), max(own)) for word, own in shares.items()}
    for word, (low, high) in spans.items():
        across = [
            f"{other} för {', '.join(map(_per_cent, own))}"
            for other, own in shares.items()
            if other != word and any(low < share < high for share in own)
        ]
        told = f"används för {' och '.join(map(_per_cent, dict.fromkeys((low, high))))}"
        finding = "; ".join([told, *across])
        yield _comparison(audit, "ord för hur många", f"”{word}”", finding, not across)


def _shares_of_words(audit: PublishedAudit) -> dict[str, list[float]]:
    if audit.basis != "figures":
        return {}
    found: dict[str, list[float]] = {}
    for row in audit.claims.dropna(subset=["quantifier", "answer"]).to_dict("records"):
        own = audit.answers[audit.answers["question_id"] == row["question_id"]]
        part = own.loc[own["answer"].isin(row["answer"].split("|")), "n"].sum()
        found.setdefault(row["quantifier"], []).append(100 * part / own["n"].sum())
    return {word: sorted(set(shares)) for word, shares in found.items()}


def _per_cent(share: float) -> str:
    return f"{share:.0f} %"


def _briefed(audit: PublishedAudit) -> Iterator[Comparison]:
    briefed, first = audit.audit["briefed_on"], audit.audit["interviewed_from"]
    if not pd.isna(briefed):
        finding = f"intervjuer från {first.date()}, genomgång {briefed.date()}"
        yield _comparison(audit, "tid", "genomgång före intervjuer", finding, briefed <= first)


def _alphabets(audit: PublishedAudit) -> Iterator[Comparison]:
    """Look for words that mix letters of several alphabets: they look right and are not found."""
    texts = {
        "audit_questions": audit.questions["text"],
        "suggestions": audit.suggestions["text"],
    }
    for table, own in texts.items():
        mixed = [word for text in own for word in text.split() if len(_scripts(word)) > 1]
        finding = f"ord med bokstäver ur flera alfabet: {', '.join(mixed)}" if mixed else "inga"
        yield _comparison(audit, "text", table, finding, not mixed)


def _scripts(word: str) -> set[str]:
    letters = filter(str.isalpha, unicodedata.normalize("NFKC", word))
    return {unicodedata.name(letter).split()[0] for letter in letters}


_RULES: list[Rule[PublishedAudit]] = [
    Rule(
        "Bara de frågor som ska ha färg har det",
        "Följdfrågor och bakgrundsfrågor ska inte ha någon färg.",
        _follow_ups,
    ),
    Rule(
        "Alla frågor som ska ha färg har det",
        "En fråga som saknar färg räknas inte med, och det ska sägas varför.",
        _without_colour,
    ),
    Rule(
        "En färg bygger på tillräckligt många svar",
        "En färg väger lika tungt i räkningen, hur få som än har svarat.",
        _few_answers,
    ),
    Rule(
        "Samma andel, samma färg",
        "Frågor med lika stor andel ogynnsamma svar ska ha samma färg, om inte allvaret avgör.",
        _same_share,
    ),
    Rule(
        "Ett ord står för en storlek",
        "”Klar majoritet” ska inte användas för två andelar som ett annat ord ligger mellan.",
        _words,
    ),
    Rule(
        "Genomgången kommer före intervjuerna",
        "Den som intervjuar ska ha gått igenom frågorna först.",
        _briefed,
    ),
    Rule(
        "Ett ord, ett alfabet",
        "Ett kyrilliskt ”а” ser ut som ett latinskt men hittas inte vid sökning.",
        _alphabets,
    ),
]
