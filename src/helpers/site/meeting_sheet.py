"""The sheet for the next dialogue meeting, as a document to print."""

from pathlib import Path

from helpers.data import read_actions, read_tables
from helpers.data.dialogue_contracts import DIALOGUE_TABLES
from helpers.questions import dialogue
from helpers.show.dialogue import TITLE, answers
from helpers.site import document


def write(to: Path) -> None:
    """Write what was said, what was done, and what cannot be done and why.

    Raises
    ------
    SiteProblem
        If the file is not to be a ``.docx``, or cannot be written.
    DataProblem
        If the tables are not there or break their contracts.
    """
    document.refuse_other_kinds(to, [".docx"])
    published = dialogue.protect(read_tables(*DIALOGUE_TABLES))
    document.write(answers(dialogue.examine(published, read_actions())), TITLE, to)
