"""The form for the return visit after a user-led audit, as a document to write in."""

from pathlib import Path

from helpers.data import read_actions, read_tables
from helpers.data.audit_contracts import AUDIT_TABLES
from helpers.questions import audit
from helpers.show.audit_form import TITLE, form
from helpers.site import document


def write(to: Path, audit_id: str | None = None) -> None:
    """Write the form of an audit, the last one by default, of what may be shown of it.

    Raises
    ------
    SiteProblem
        If the file is not to be a ``.docx``, or cannot be written.
    DataProblem
        If the audit's tables are not there or break their contracts.
    """
    document.refuse_other_kinds(to, [".docx"])
    examined = audit.examine(audit.protect(read_tables(*AUDIT_TABLES), audit_id))
    document.write(form(examined, read_actions()), TITLE, to)
