"""Interviews: what they are about by people, how far they have come, and what came of them.

People are the unit, not notes: one person can have said the same thing many times. So few are
interviewed that a number of people is told in words only.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.data.reading import Tables
from helpers.disclosure import Rules, load_rules, load_secret
from helpers.disclosure.counts import noisy_counts
from helpers.stats import agreement, saturation
from helpers.stats.estimate import Estimate

__all__ = ["PublishedInterviews", "held", "protect"]


def __dir__() -> list[str]:
    return __all__


MANY, SEVERAL, SOME, NOBODY = "minst 10", "minst 5", "några", "ingen"
_BANDS = {10: MANY, 5: SEVERAL, 1: SOME, 0: NOBODY}


@dataclass(frozen=True, repr=False, eq=False)
class PublishedInterviews:
    """What may be known of interviews. Everything shown is a function of it.

    Attributes
    ----------
    people : str
        How many were interviewed, as `held` says it.
    themes : DataFrame
        By theme: people, as `held` says it; notes, a number with noise; is_taken_up, whether a
        challenge has taken it up.
    codes : DataFrame
        By code_id: theme, title and people.
    together : DataFrame
        Theme by theme: how many people have both.
    accumulation : list of int
        Codes expected in 1, 2, … interviews, to whole codes.
    unseen : int or None
        Per cent of what one more interview would hold that is of codes not yet seen.
    agreement : Estimate or None
        Krippendorff's alpha, its interval over people; None where one coder alone has coded.
    challenges : DataFrame
        By challenge_id: title; codes, their titles; people who have any of them; prototypes, how
        many, and tested, how many of them were tried, with how many people.
    rules : Rules
        The rules that were followed.
    """

    people: str
    themes: pd.DataFrame
    codes: pd.DataFrame
    together: pd.DataFrame
    accumulation: list[int]
    unseen: int | None
    agreement: Estimate | None
    challenges: pd.DataFrame
    rules: Rules

    def __repr__(self) -> str:
        return f"Published interviews: {len(self.themes)} themes, {len(self.challenges)} challenges"


def held(people: int) -> str:
    """Say by how many people something is held: at least 10, at least 5, some or none."""
    return next(said for least, said in _BANDS.items() if people >= least)


def protect(tables: Tables, rules: Rules | None = None) -> PublishedInterviews:
    """Make interviews what may be known of them.

    Parameters
    ----------
    tables : Tables
        ``interviews``, ``notes``, ``codes``, ``codings``, ``challenges``, ``challenge_codes`` and
        ``prototypes``, as `helpers.data.read_tables` gives them.
    rules : Rules, optional
        By default those of `helpers.disclosure.load_rules`.
    """
    rules = rules or load_rules()
    notes = tables["notes"].merge(tables["interviews"], on="interview_id")
    coded = tables["codings"].merge(notes, on="note_id").merge(tables["codes"], on="code_id")
    incidences = coded.groupby("code_id")["interview_id"].nunique()
    interviews = tables["interviews"]["interview_id"].nunique()
    share = saturation.unseen(incidences)
    return PublishedInterviews(
        people=held(tables["interviews"]["person_id"].nunique()),
        themes=_themes(coded, tables, rules),
        codes=_codes(coded, tables["codes"]),
        together=_together(coded),
        accumulation=[round(n) for n in saturation.accumulation(incidences, interviews)],
        unseen=None if np.isnan(share) else round(100 * share),
        agreement=_agreement(coded),
        challenges=_challenges(coded, tables),
        rules=rules,
    )


def _themes(coded: pd.DataFrame, tables: Tables, rules: Rules) -> pd.DataFrame:
    found = coded.groupby("theme").agg(people=("person_id", "nunique"), n=("note_id", "nunique"))
    found = found.reindex(tables["codes"]["theme"].unique(), fill_value=0).reset_index()
    found["notes"] = noisy_counts("codings", found, ["theme"], load_secret(tables.is_sample), rules)
    taken = tables["codes"].merge(tables["challenge_codes"], on="code_id")["theme"]
    found["is_taken_up"] = found["theme"].isin(taken)
    found["people"] = found["people"].map(held)
    return found.drop(columns="n").set_index("theme")


def _codes(coded: pd.DataFrame, codes: pd.DataFrame) -> pd.DataFrame:
    people = coded.groupby("code_id")["person_id"].nunique()
    listed = codes.set_index("code_id")
    return listed.assign(people=people.reindex(listed.index, fill_value=0).map(held))


def _together(coded: pd.DataFrame) -> pd.DataFrame:
    has = pd.crosstab(coded["person_id"], coded["theme"]).gt(0).astype(int)
    return (has.T @ has).map(held)


def _agreement(coded: pd.DataFrame) -> Estimate | None:
    """Compare coders on whether each note they share has each of the codes in use."""
    coders = coded.groupby("note_id")["coder"].nunique()
    both = coded[coded["note_id"].isin(coders.index[coders > 1])]
    if both.empty:
        return None
    given = pd.crosstab([both["note_id"], both["coder"]], both["code_id"]).gt(0).astype(float)
    units = given.stack("code_id").unstack("coder")
    people = both.drop_duplicates("note_id").set_index("note_id")["person_id"]
    whose = people[units.index.get_level_values("note_id")]
    return agreement.alpha(units.to_numpy().T, whose.to_numpy(str))


def _challenges(coded: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """Trace each challenge to its codes, to the people who have them, and to what was tried."""
    rows = {
        challenge: (title, *_traced(str(challenge), coded, tables))
        for challenge, title in tables["challenges"].itertuples(index=False)
    }
    columns = ["title", "codes", "people", "prototypes", "tested"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns)


def _traced(
    challenge: str, coded: pd.DataFrame, tables: Tables
) -> tuple[list[str], str, int, Mapping[str, str]]:
    codes = tables["challenge_codes"].query("challenge_id == @challenge")["code_id"]
    titles = tables["codes"].set_index("code_id").loc[codes, "title"].tolist()
    people = coded.loc[coded["code_id"].isin(codes), "person_id"].nunique()
    own = tables["prototypes"].query("challenge_id == @challenge")
    tested = own[own["tested_on"].notna()].set_index("prototype_id")["tested_with"].fillna(0)
    return titles, held(people), len(own), {str(name): held(int(n)) for name, n in tested.items()}
