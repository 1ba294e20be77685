"""What is done about what was found, in Swedish: roles and days, never the text of a reason."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal

import pandas as pd

from helpers.data import DataProblem
from helpers.data.codes import DECISION, STATUS
from helpers.data.problems import Finding
from helpers.questions import QUESTIONS
from helpers.show.words import day

NO_ACTION = "Åtgärd: ingen inskriven."
STEPS = {
    "raised_on": "Togs upp",
    "decided_on": "Beslut",
    "done_on": "Klar",
    "told_users_on": "Återkopplat",
    "remeasure_on": "Mäts igen",
}
_GAPS = {
    "queue-times": "Kötider",
    "extensions": "Förlängningar",
    "user-satisfaction": "Nöjdhet",
    "unplanned-terminations": "Oplanerade avslut",
}
_DECIDED = {"yes": "beslutad", "no": "avslagen", "study": "ska utredas enligt beslut"}
_NAMES = {name.replace("_", "-") for name in QUESTIONS}


def by_question(actions: pd.DataFrame) -> dict[str, str]:
    """Say what is done about each question's gap: its latest decision, else what is proposed.

    Parameters
    ----------
    actions : pandas.DataFrame
        As `helpers.data.read_actions` gives it.

    Returns
    -------
    dict of str to str
        A sentence by the question's name, to be escaped where it is put.

    Raises
    ------
    DataProblem
        If a row is about the gap of a question that does not exist.
    """
    own = actions[actions["about"] == "gap"]
    unknown = int((~own["about_id"].isin(_NAMES)).sum())
    if unknown:
        advice = f"Frågorna heter {', '.join(sorted(_NAMES))}."
        raise DataProblem(Finding("actions", "okänd fråga", advice, "about_id", unknown))
    latest = own.sort_values(["decided_on", "action_id"], na_position="first")
    return {row["about_id"]: sentence(row) for row in latest.to_dict("records")}


def remeasured(actions: pd.DataFrame) -> dict[str, str]:
    """Say when each question's gap is measured again, the last day written down.

    Parameters
    ----------
    actions : pandas.DataFrame
        As `helpers.data.read_actions` gives it.

    Returns
    -------
    dict of str to str
        A day by the question's name.
    """
    own = actions[(actions["about"] == "gap") & actions["remeasure_on"].notna()]
    last = own.groupby("about_id")["remeasure_on"].max()
    return {str(name): day(when) for name, when in last.items()}


def name(row: Mapping[Any, Any]) -> str:
    """Name what an action is about.

    Parameters
    ----------
    row : mapping
        A row of `helpers.questions.actions.Followed`.
    """
    if not pd.isna(row["title"]):
        return str(row["title"])
    return _GAPS.get(row["about_id"], str(row["about_id"]))


def decided(row: Mapping[Any, Any]) -> str:
    """Say what was decided and when, or that nothing is."""
    if pd.isna(row["decided_on"]):
        return "inte beslutat"
    return f"{DECISION[row['decision']]}, {day(row['decided_on'])}"


def status(row: Mapping[Any, Any]) -> str:
    """Say how far an action has come, and what is late or not told."""
    marks = {"is_late": "försenad", "is_untold": "inte återkopplad", "is_remeasure_due": "mät igen"}
    return ", ".join([STATUS[row["status"]], *(said for mark, said in marks.items() if row[mark])])


def sentence(row: Mapping[Any, Any]) -> str:
    """Say what is decided, who answers for it, how far it has come and when it is measured again.

    Parameters
    ----------
    row : mapping
        A row of the table ``actions``.
    """
    return f"Åtgärd: {', '.join(_parts(row))}."


def _parts(row: Mapping[Any, Any]) -> Iterator[str]:
    is_decided = not pd.isna(row["decided_on"])
    yield f"{_DECIDED[row['decision']]} {day(row['decided_on'])}" if is_decided else "föreslagen"
    yield f"ansvarig: {' '.join(row['owner_role'].split())}"
    yield STATUS[row["status"]]
    for column, said in _DAYS.items():
        if not pd.isna(row[column]):
            yield f"{said} {day(row[column])}"


_DAYS: dict[Literal["due_on", "remeasure_on"], str] = {
    "due_on": "klar senast",
    "remeasure_on": "mäts igen",
}
