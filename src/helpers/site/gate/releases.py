"""The record of what is published, for two people to sign and to try the next build with."""

import json
import subprocess
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import asdict, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from helpers.disclosure import load_rules
from helpers.disclosure.told import Fact, facts, read
from helpers.site.gate import seal
from helpers.site.notebooks import inputs
from helpers.site.problem import SiteProblem

FOLDER = "releases"
TESTED = Path("_build") / "tested.json"
"""What the last site that passed the gate consists of; a release but for its day and its names."""

_KINDS = ("published", "sample", "own")
"""What outputs may rest on, the most sensitive last."""

_BROKEN = (AttributeError, LookupError, TypeError, ValueError)
"""What reading raises when a record is not as it was written."""

_UNSIGNED = [{"name": "", "day": ""}, {"name": "", "day": ""}]

Record = dict[str, Any]
Published = Mapping[str, Mapping[str, Record]]
"""By page and label, what a notebook's outputs say they publish."""


def describe(site: Path, published: Published, root: Path) -> Record:
    """Say what a site consists of and rests on.

    Parameters
    ----------
    site : Path
        The finished site.
    published : mapping
        By page and label, what its notebook's outputs say they publish.
    root : Path
        The repository.

    Returns
    -------
    dict
        ``data`` (sample, published or own), ``as_of``, ``commit``, ``rules``, ``inputs`` (of data
        and rules) and ``files`` (of the site; SHA-256 by name), ``told`` (by page and label).
    """
    parts = [part for page in published.values() for part in page.values()]
    return {
        "data": origin(parts),
        "as_of": max((part["as_of"] for part in parts if "as_of" in part), default=None),
        "commit": _commit(root),
        "rules": asdict(load_rules()),
        "inputs": {file.name: _digest(file) for file in inputs()},
        "files": digests(site),
        "told": {
            page: {label: part["told"] for label, part in outputs.items() if part.get("told")}
            for page, outputs in published.items()
        },
    }


def origin(parts: Iterable[Record]) -> str:
    """Name the most sensitive data that any of the outputs rests on."""
    return max((part["source"] for part in parts), key=_KINDS.index, default="published")


def digests(site: Path) -> dict[str, str]:
    """SHA-256 of every file of a site, by path."""
    files = sorted(file for file in site.rglob("*") if file.is_file())
    return {file.relative_to(site).as_posix(): _digest(file) for file in files}


def _digest(file: Path) -> str:
    return sha256(file.read_bytes()).hexdigest()


def _commit(root: Path) -> str | None:
    command = ["git", "-C", str(root), "describe", "--always", "--dirty", "--abbrev=40"]
    try:
        done = subprocess.run(command, check=False, capture_output=True, text=True)
    except FileNotFoundError:
        return None
    return done.stdout.strip() or None


def earlier(root: Path, data: str) -> dict[str, Record]:
    """Read the releases made of the same kind of data.

    Parameters
    ----------
    root : Path
        The repository.
    data : {"sample", "published", "own"}
        The kind.

    Returns
    -------
    dict
        Records by name, the oldest first.

    Raises
    ------
    SiteProblem
        If a record cannot be read, has been changed since it was written, or is missing.
    """
    return {name: record for name, record in _all(root).items() if record["data"] == data}


def _all(root: Path) -> dict[str, Record]:
    files = sorted((root / FOLDER).glob("*.json"), key=lambda file: file.stem)
    records = {file.stem: _read(file) for file in files}
    seal.refuse_gaps(records, FOLDER)
    return records


def _read(file: Path) -> Record:
    try:
        record = _load(file)
        _signers(record)
        seal.previous(record)
        seal.refuse_changed(record, file.stem, FOLDER)
    except _BROKEN as error:
        raise SiteProblem(f"Utgåvan {FOLDER}/{file.name} går inte att läsa.") from error
    return record


def _load(file: Path) -> Record:
    """Read a record, and try that all it tells can be read: kinds are known, limits numbers."""
    record: Record = json.loads(file.read_text(encoding="utf-8"))
    _KINDS.index(record["data"])
    sum(fact.low for fact in told(record))
    return record


def told(record: Record, name: str = "") -> Iterator[Fact]:
    """Give all that a build or release tells.

    Parameters
    ----------
    record : dict
        As `describe` gives it.
    name : str
        The release's name; empty for the build at hand.

    Yields
    ------
    Fact
    """
    for entry, places in _places(record).items():
        known = [*facts(read(json.loads(entry)), release=name)]
        yield from (replace(fact, place=place) for place in places for fact in known)


def _places(record: Record) -> dict[str, list[str]]:
    """Find where each thing is told: the same is told at many places, and read once."""
    places: dict[str, list[str]] = defaultdict(list)
    for page, outputs in record["told"].items():
        for label, entries in outputs.items():
            for entry in entries:
                places[json.dumps(entry)].append(f"{page}, {label}")
    return places


def keep(record: Record, root: Path) -> None:
    """Keep what the site that has just passed the gate consists of."""
    write(record, root / TESTED)


def release(root: Path, day: str) -> Path:
    """Write the record of the site in `_site/` as it stands, unless it is there already.

    Parameters
    ----------
    root : Path
        The repository.
    day : str
        Today, ISO.

    Returns
    -------
    Path
        The record of this site.

    Raises
    ------
    SiteProblem
        If the site has not passed the gate as it stands, or another release waits for its names.
    """
    record = _tested(root)
    records = _all(root)
    for name, before in records.items():
        file = root / FOLDER / f"{name}.json"
        if before["files"] == record["files"]:
            return file
        _refuse_unsigned(file)
    file = root / FOLDER / f"{_unused(records, day)}.json"
    file.parent.mkdir(exist_ok=True)
    write({"release": file.stem, **seal.sealed(record, records), "checked_by": _UNSIGNED}, file)
    return file


def write(record: Record, file: Path) -> None:
    """Write a record, whole or not at all."""
    part = file.with_suffix(".part")
    part.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    part.replace(file)


def _tested(root: Path) -> Record:
    try:
        record = _load(root / TESTED)
        passed = record["files"] == digests(root / "_site")
    except (FileNotFoundError, *_BROKEN):
        passed = False
    if not passed:
        raise SiteProblem(
            "Det som ligger i _site/ har inte prövats som det nu är. Kör likavard site först."
        )
    return record


def _refuse_unsigned(file: Path) -> None:
    if not is_signed(file):
        raise SiteProblem(
            f"Utgåvan {FOLDER}/{file.name} är inte undertecknad av två. Låt dem skriva under "
            "med namn och dag (som 2026-01-31), eller ta bort filen om utgåvan aldrig publicerades."
        )


def is_signed(file: Path) -> bool:
    """Whether two people, with different names, have signed a release and said when."""
    return len(_signers(_read(file))) >= 2


def _signers(record: Record) -> set[str]:
    """Give the names, in small letters, that stand with a day."""
    signed = [entry["name"] for entry in record["checked_by"] if _is_day(entry["day"])]
    return {name.strip().casefold() for name in signed} - {""}


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _unused(taken: Collection[str], day: str) -> str:
    """Name a release by its day, and by a number where there is one already."""
    names = (day if number == 1 else f"{day}-{number}" for number in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)
