"""HTML written as a document or slides, the same bytes each time."""

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pypandoc

from helpers.site.problem import SiteProblem

_FILTER = Path(__file__).with_name("document.lua")


def refuse_other_kinds(to: Path, kinds: Sequence[str]) -> None:
    """Stop before anything is made, if the file is to be of another kind.

    Raises
    ------
    SiteProblem
    """
    if to.suffix not in kinds:
        raise SiteProblem(f"Filen ska heta något på {' eller '.join(kinds)}.")


def write(html: str, title: str, to: Path, subtitle: str = "") -> None:
    """Write HTML as what the file's name says, whole or not at all.

    Parameters
    ----------
    html : str
        Headings of the second level begin slides, and pages where their class is ``page``.
    title, subtitle : str
        Of the document.
    to : Path
        A file whose name ends in ``.docx`` or ``.pptx``.

    Raises
    ------
    SiteProblem
        If it cannot be written.
    """
    with TemporaryDirectory() as folder:
        made = Path(folder) / to.name
        _convert(html, made, f"title:{title}", f"subtitle:{subtitle}", "lang:sv")
        try:
            to.write_bytes(made.read_bytes())
        except OSError:
            raise SiteProblem(
                f"Det går inte att skriva {to.name} där. Välj en annan mapp."
            ) from None


def _convert(html: str, to: Path, *metadata: str) -> None:
    command = [
        pypandoc.get_pandoc_path(), "--from=html", "--standalone", "--slide-level=2",
        *(f"--metadata={one}" for one in metadata), "--extract-media=.",
        f"--lua-filter={_FILTER}", f"--output={to}",
    ]  # fmt: skip
    environment = os.environ | {"SOURCE_DATE_EPOCH": "0"}
    done = subprocess.run(
        command,
        input=html.encode(),
        env=environment,
        cwd=to.parent,
        capture_output=True,
        check=False,
    )
    if done.returncode:
        raise SiteProblem(f"Det gick inte att göra {to.name}: {done.stderr.decode().strip()}")
