"""The record of what is published, for two people to sign and to measure the next one with.

Each record holds its own hash, and the name and hash of the record before it. This guards
against mistakes: a slip of the hand, a bad merge, a file removed. It does not guard against
someone who rewrites all the records, and it cannot tell that the last one has been removed.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict
from datetime import date
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import Any

from helpers.disclosure.published import joined
from helpers.site import cache, git, notebooks
from helpers.site.problem import SiteProblem
from helpers.site.project import Project

FOLDER = "releases"
SITE = "_site"
"""Where a site goes unless told otherwise."""
_PLACE = Path("_build") / "place"
"""Names where the site that was built last lies, if elsewhere."""
TESTED = Path("_build") / "tested.json"
"""What the last site that passed the gate consists of; a release but for what is added to it."""

KINDS = ("published", "sample", "own")
"""What outputs may rest on, the most sensitive last."""

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_YEAR = 365
_BROKEN = (AttributeError, LookupError, TypeError, ValueError)
"""What reading raises when a record is not as it was written."""

_UNSIGNED = [{"name": "", "day": ""}, {"name": "", "day": ""}]
_UNSEALED = {"release", "checked_by", "record_hash"}
"""The name is the file's, and is compared with it; people sign after the record is written."""

Record = dict[str, Any]


def describe(site: Path, project: Project, root: Path) -> Record:
    """Say what a site consists of and rests on, and what is known by it, question by question."""
    parts = notebooks.numbers(notebooks.read(project.root / page) for page in project.notebooks())
    published = joined(one for part in parts if (one := part.get("published")))
    any_one: Record = next(iter(published.values()), {})
    return {
        "data": max((part["source"] for part in parts), key=KINDS.index, default=KINDS[0]),
        "as_of": max((one["as_of"] for one in published.values()), default=None),
        "commit": git.commit(root),
        "rules": any_one.get("rules"),
        "key": any_one.get("key"),
        "inputs": {file.name: cache.sha(file) for file in notebooks.inputs()},
        "files": cache.sums(site),
        "published": published,
    }


def write(record: Record, file: Path) -> None:
    """Write a record, whole or not at all."""
    part = file.with_suffix(".part")
    part.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    part.replace(file)


def release(root: Path, day: str) -> Path:
    """Write the record of the site as it stands, unless it is there already.

    It is `extra` if less than a year has passed since the last one, unless of the sample.

    Parameters
    ----------
    root : Path
        The repository.
    day : str
        Today, ISO.

    Raises
    ------
    SiteProblem
        If the site has not passed the gate as it stands, if another release waits for its
        names, or if the noise is another than in the release before.
    """
    tested, records = read_tested(root), read_all(root)
    for name, record in records.items():
        if record["files"] == tested["files"]:
            return root / FOLDER / f"{name}.json"
        _refuse_unsigned(name, record)
    record = _sealed(tested | _measured(tested, records, day), records)
    same_day = sum(name.startswith(day) for name in records)
    file = root / FOLDER / (f"{day}-{same_day + 1}.json" if same_day else f"{day}.json")
    file.parent.mkdir(exist_ok=True)
    write({"release": file.stem, **record, "checked_by": _UNSIGNED}, file)
    return file


def read_tested(root: Path) -> Record:
    """Read what the site that was built last consists of, if it passed the gate as it stands.

    Raises
    ------
    SiteProblem
        If it did not.
    """
    with suppress(FileNotFoundError, *_BROKEN):
        record = _load(root / TESTED)
        if record["files"] == cache.sums(placed(root)):
            return record
    raise SiteProblem(
        f"Det som ligger i {placed(root).name}/ har inte prövats som det nu är. "
        "Kör likavard site först."
    )


def place(root: Path, site: Path) -> None:
    """Remember where the site of a working folder is put."""
    (root / _PLACE).write_text(str(site), encoding="utf-8")


def placed(root: Path) -> Path:
    """Say where the site of a working folder was put."""
    with suppress(FileNotFoundError):
        return Path((root / _PLACE).read_text(encoding="utf-8"))
    return root / SITE


def _measured(record: Record, records: Mapping[str, Record], day: str) -> Record:
    """Compare with earlier releases of the same kind of data; only the risk refuses nothing."""
    earlier = {name: one for name, one in records.items() if one["data"] == record["data"]}
    _refuse_other_noise(record, earlier.values())
    refuse_open_key(record)
    days = [date.fromisoformat(day) - date.fromisoformat(name[:10]) for name in earlier]
    return {
        "extra": record["data"] == "own" and any(passed.days < _YEAR for passed in days),
        "risk": dict(_risks(record["published"], earlier.values())),
        "not_measured": [name for name, one in earlier.items() if "published" not in one],
    }


def _refuse_other_noise(record: Record, earlier: Iterable[Record]) -> None:
    """Refuse fresh noise on the same people, which tells of the noise before."""
    known = [one for one in (*earlier, record) if one.get("published")]
    if len({_noise(one) for one in known[-2:]}) > 1:
        raise SiteProblem(
            "Utgåvan skrevs inte: nyckeln, max_noise eller variance är en annan än i den förra. "
            "Den som lägger utgåvorna bredvid varandra ser då två olika brus på samma antal, och "
            "kommer närmare det rätta. Ställ tillbaka reglerna i disclosure.yml, peka ut den "
            "gamla nyckeln med LIKAVARD_KEY, och kör likavard site igen. Är nyckeln borta för "
            "gott: ta ned den förra utgåvan, vänta tills de flesta ärenden är nya, och lägg då "
            "undan filerna i releases/."
        )


def refuse_open_key(record: Record) -> None:
    """Refuse noise that anybody can take away: the sample's key lies in the open."""
    keys = import_module("helpers.disclosure.keys")
    if (
        record["data"] == "own"
        and record["key"] == keys.Secret(keys.SAMPLE_KEY.read_bytes()).fingerprint
    ):
        raise SiteProblem(
            "Utgåvan skrevs inte: bruset är gjort med exempeldatas nyckel, som alla kan läsa. Låt "
            "LIKAVARD_KEY peka ut er egen nyckel, eller ta bort den, och kör likavard site igen."
        )


def _noise(record: Record) -> tuple[object, ...]:
    return record["key"], record["rules"]["max_noise"], record["rules"]["variance"]


def _risks(published: Record, earlier: Iterable[Record]) -> Iterator[tuple[str, Record]]:
    """Measure by question what a reader of this and all earlier releases could name."""
    measure = import_module("helpers.disclosure.attacker").measure
    releases = [*(one.get("published", {}) for one in earlier), published]
    for question in published:
        yield question, asdict(measure([one[question] for one in releases if question in one]))


def _sealed(record: Record, records: Mapping[str, Record]) -> Record:
    """Tie a record to the one before it, and give it its hash."""
    tied = record | {"previous": _last(records)}
    return tied | {"record_hash": fingerprint(tied)}


def fingerprint(record: Record) -> str:
    """SHA-256 of a record as JSON in order of name, apart from its name, hash and signatures."""
    content = {name: value for name, value in record.items() if name not in _UNSEALED}
    return sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def read_all(root: Path) -> dict[str, Record]:
    """Read all releases by name, the oldest first, and make sure that none is missing."""
    records: dict[str, Record] = {}
    for file in sorted((root / FOLDER).glob("*.json"), key=lambda file: file.stem):
        record, before = read(file), _last(records)
        if record["previous"] != before:
            missing = (record["previous"] or before or {})["release"]
            raise _changed(missing, "saknas, eller har ändrats")
        records[file.stem] = record
    return records


def _last(records: Mapping[str, Record]) -> dict[str, str] | None:
    named = [{"release": name, "record_hash": one["record_hash"]} for name, one in records.items()]
    return named[-1] if named else None


def read(file: Path) -> Record:
    """Read a release, and make sure that it is the one that was written by this name."""
    try:
        record = _load(file)
        is_signed(record)
        (record["previous"] or {"release": ""})["release"]
        is_same = (record["release"], record["record_hash"]) == (file.stem, fingerprint(record))
    except _BROKEN as error:
        raise SiteProblem(f"Utgåvan {FOLDER}/{file.name} går inte att läsa.") from error
    if not is_same:
        raise _changed(file.stem, "har ändrats")
    return record


def _changed(name: str, how: str) -> SiteProblem:
    return SiteProblem(
        f"Utgåvan {FOLDER}/{name}.json {how} sedan den skrevs. Hämta tillbaka filen som den var, "
        "till exempel ur git."
    )


def _load(file: Path) -> Record:
    """Read a record; one that was made by hiding, as before, has nothing published by question."""
    record: Record = json.loads(file.read_text(encoding="utf-8"))
    KINDS.index(record["data"])
    if any("tables" not in one for one in record.get("published", {}).values()):
        raise KeyError("tables")
    return record


def _refuse_unsigned(name: str, record: Record) -> None:
    if not is_signed(record):
        raise SiteProblem(
            f"Utgåvan {FOLDER}/{name}.json är inte undertecknad av två. Låt dem skriva under "
            "med namn och dag (som 2026-01-31), eller ta bort filen om utgåvan aldrig publicerades."
        )


def is_signed(record: Record) -> bool:
    """Whether two people, with different names, have signed a release and said when."""
    signed = (entry["name"] for entry in record["checked_by"] if _DAY.fullmatch(entry["day"]))
    return len({name.strip().casefold() for name in signed} - {""}) >= 2
