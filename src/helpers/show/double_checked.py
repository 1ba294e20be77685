"""What rules compared and what did not agree, as tables."""

import pandas as pd

from helpers.show.compose import with_table
from helpers.show.shown import Shown
from helpers.show.words import capital, number


def checks(rules: pd.DataFrame, name: str) -> Shown:
    """Show how many comparisons each rule made, and how many agreed.

    Parameters
    ----------
    rules : pandas.DataFrame
        As `helpers.questions.contradictions.checks` gives it.
    name : str
        File name of the downloads.
    """
    said = pd.DataFrame(
        {
            "Regel": rules["rule"],
            "Vad den prövar": rules["explanation"],
            "Jämförelser": rules["compared"].map(number),
            "Stämmer": rules["agreed"].map(number),
        }
    )
    agreed, compared = rules["agreed"].sum(), rules["compared"].sum()
    title = f"{number(agreed)} av {number(compared)} jämförelser stämmer"
    return with_table(title, said, name, {"checks": rules})


def contradictions(found: pd.DataFrame, name: str) -> Shown:
    """Show what cannot all be right.

    Parameters
    ----------
    found : pandas.DataFrame
        As `helpers.questions.contradictions.contradictions` gives it.
    name : str
        File name of the downloads.
    """
    said = pd.DataFrame(
        {
            "Ämne": found["topic"].map(capital),
            "Uppgift": found["measure"].map(capital),
            "Vad som står": found["finding"].map(capital),
            "Regel": found["rule"],
            "Källa": found["source"],
        }
    )
    title = f"{number(len(found))} ställen att fråga vidare om"
    return with_table(title, said, name, {"contradictions": found})
