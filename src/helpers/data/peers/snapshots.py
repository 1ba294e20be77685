"""Snapshots of open data: a dated Parquet file each, with its checksum beside it."""

import json
from dataclasses import asdict, dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from helpers import environment
from helpers.data.peers.shape import COLUMNS, PeersProblem
from helpers.paths import PEERS, ours

INVENTED = "invented"
"""How the name begins of a snapshot whose places and figures are invented."""
_NEEDED = "kolada"
NONE_THERE = "Det finns inget att jämföra med. Kör likavard peers fetch."
_ABOUT = b"likavard"


@dataclass(frozen=True)
class About:
    """What a snapshot says of itself beside its rows.

    Attributes
    ----------
    titles : dict of str to str
        What each figure is called.
    notes : list of str
        What the sources say of their figures.
    words : list
        Figures whose status was a word that is not known, each with the word.
    breaks : dict
        By figure, in which years something is counted in another way, and why.
    """

    titles: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    words: list[Any] = field(default_factory=list)
    breaks: dict[str, dict[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Snapshot:
    """A snapshot, read and found whole.

    Attributes
    ----------
    file : Path
    rows : DataFrame
        As `helpers.data.peers.shape.COLUMNS`.
    about : About
    """

    file: Path
    rows: pd.DataFrame
    about: About

    @property
    def is_invented(self) -> bool:
        """Whether places and figures are invented."""
        return self.file.name.startswith(INVENTED)

    @property
    def fetched_on(self) -> date:
        """The day it was fetched."""
        day: date = self.rows["fetched_on"].max()
        return day


def folder() -> Path:
    """Where snapshots lie: in the user's own folder, else the invented one that comes along."""
    return Path(environment.named("LIKAVARD_PEERS") or ours("data/peers"))


def own_folder() -> Path:
    """Where snapshots go: the folder that ``LIKAVARD_PEERS`` names, else the working folder's."""
    return Path(environment.named("LIKAVARD_PEERS") or PEERS)


def write(rows: pd.DataFrame, about: About, name: str, to: Path) -> Path:
    """Write a snapshot by the name and day of its rows; whole, or not at all.

    Raises
    ------
    PeersProblem
        If it cannot be written there.
    """
    file = to / f"{name}-{rows['fetched_on'].max()}.parquet"
    parts = [place.with_name(f"{place.name}.part") for place in (file, _sum_of(file))]
    try:
        to.mkdir(parents=True, exist_ok=True)
        pq.write_table(_table(rows, about), parts[0])
        digest = sha256(parts[0].read_bytes()).hexdigest()
        parts[1].write_text(f"{digest}  {file.name}\n", encoding="utf-8", newline="\n")
        for part in parts:
            part.replace(part.with_suffix(""))
    except OSError as error:
        raise PeersProblem(f"Det går inte att skriva i {to}. Välj en annan mapp.") from error
    return file


def _table(rows: pd.DataFrame, about: About) -> pa.Table:
    table = pa.Table.from_pandas(rows, preserve_index=False).replace_schema_metadata()
    return table.replace_schema_metadata({_ABOUT: json.dumps(asdict(about), ensure_ascii=False)})


def read(file: Path) -> Snapshot:
    """Read a snapshot.

    Raises
    ------
    PeersProblem
        If it is not as it was written.
    """
    try:
        expected, actual = _sum_of(file).read_text().split()[0], sha256(file.read_bytes())
        if expected != actual.hexdigest():
            raise ValueError("another checksum")
        table = pq.read_table(file)
        about = About(**json.loads(table.schema.metadata[_ABOUT]))
        rows = table.to_pandas()[list(COLUMNS)].astype(COLUMNS)
    except (OSError, LookupError, TypeError, ValueError, pa.ArrowException) as error:
        raise PeersProblem(
            f"{file.name} har ändrats sedan den hämtades, eller är inte hel. Ta bort den och kör "
            "likavard peers fetch."
        ) from error
    return Snapshot(file, rows, about)


def every(place: Path | None = None) -> list[Snapshot]:
    """Read every snapshot of a folder, by kind and the oldest first."""
    return [read(file) for file in _files(place)]


def read_peers(place: Path | None = None) -> Snapshot:
    """Read the newest snapshot of each source as one; the invented one until Kolada is fetched.

    Parameters
    ----------
    place : Path, optional
        The folder; that of `folder` by default.

    Returns
    -------
    Snapshot

    Raises
    ------
    PeersProblem
        If there is none, or one is not as it was written.
    """
    newest = {file.stem.partition("-")[0]: file for file in _files(place)}
    if INVENTED in newest:
        kept = newest.pop(INVENTED)
        newest = newest if _NEEDED in newest else {INVENTED: kept}
    if not newest:
        raise PeersProblem(NONE_THERE)
    found = [read(file) for file in newest.values()]
    about = About(
        titles={kpi: title for one in found for kpi, title in one.about.titles.items()},
        notes=list(dict.fromkeys(note for one in found for note in one.about.notes)),
        words=[word for one in found for word in one.about.words],
        breaks={kpi: own for one in found for kpi, own in one.about.breaks.items()},
    )
    rows = pd.concat([one.rows for one in found], ignore_index=True)
    return Snapshot(found[0].file, rows, about)


def _files(place: Path | None) -> list[Path]:
    return sorted((place or folder()).glob("*.parquet"))


def _sum_of(file: Path) -> Path:
    return file.with_suffix(".sha256")
