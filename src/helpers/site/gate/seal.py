"""What shows that a release has been changed, or removed, since it was written.

Each record holds its own hash, and the name and hash of the record before it. This guards
against mistakes: a slip of the hand, a bad merge, a file removed. It does not guard against
someone who rewrites all the records, and it cannot tell that the last one has been removed.
"""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from helpers.site.problem import SiteProblem

_UNSEALED = {"release", "checked_by", "record_hash"}
"""The name is the file's, and is compared with it; people sign after the record is written."""


def sealed(record: dict[str, Any], records: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Tie a record to the one before it, and give it its hash.

    Parameters
    ----------
    record : dict
        The record.
    records : dict
        Those before it by name, the oldest first.

    Returns
    -------
    dict
    """
    last = next(reversed(records), None)
    before = {"release": last, "record_hash": records[last]["record_hash"]} if last else None
    tied = record | {"previous": before}
    return tied | {"record_hash": fingerprint(tied)}


def fingerprint(record: Mapping[str, Any]) -> str:
    """SHA-256 of a record as JSON in order of name, apart from its name, hash and signatures."""
    content = {name: value for name, value in record.items() if name not in _UNSEALED}
    return sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def refuse_changed(record: Mapping[str, Any], name: str, folder: str) -> None:
    """Make sure that a record is the one that was written by this name.

    Parameters
    ----------
    record : mapping
        The record.
    name, folder : str
        Its name, and where it lies.

    Raises
    ------
    SiteProblem
        If it is not.
    """
    if (record["release"], record["record_hash"]) != (name, fingerprint(record)):
        raise _changed(name, folder)


def previous(record: Mapping[str, Any]) -> tuple[str, str] | None:
    """Give the name and hash of the record before this one."""
    before = record["previous"]
    return before and (before["release"], before["record_hash"])


def refuse_gaps(records: Mapping[str, Mapping[str, Any]], folder: str) -> None:
    """Make sure that the record before each is there, as it was.

    Parameters
    ----------
    records : mapping
        All records, by name.
    folder : str
        Where they lie.

    Raises
    ------
    SiteProblem
        If one is missing, or has been changed and sealed again.
    """
    for name, before in ((name, previous(record)) for name, record in records.items()):
        if before and before[0] not in records:
            raise SiteProblem(
                f"Utgåvan {folder}/{before[0]}.json saknas, men {folder}/{name}.json följer på "
                "den. Hämta tillbaka filen, till exempel ur git."
            )
        if before and before[1] != records[before[0]]["record_hash"]:
            raise _changed(before[0], folder)


def _changed(name: str, folder: str) -> SiteProblem:
    return SiteProblem(
        f"Utgåvan {folder}/{name}.json har ändrats sedan den skrevs. Hämta tillbaka filen som "
        "den var, till exempel ur git."
    )
