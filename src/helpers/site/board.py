"""The board's pack as a document or slides, of what the finished site publishes."""

import os
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

import pypandoc

from helpers.data import read_actions
from helpers.show import board
from helpers.site import generated, notebooks
from helpers.site.gate import releases
from helpers.site.problem import SiteProblem
from helpers.site.project import Project

KINDS = (".docx", ".pptx")


def write(root: Path, to: Path) -> None:
    """Write the pack, whole or not at all, the same bytes each time.

    Parameters
    ----------
    root : Path
        The repository.
    to : Path
        A file whose name ends in ``.docx`` or ``.pptx``.

    Raises
    ------
    SiteProblem
        If the site has not passed the gate as it stands, if the file is of another kind, or if it
        cannot be written.
    """
    if to.suffix not in KINDS:
        raise SiteProblem(f"Filen ska heta något på {' eller '.join(KINDS)}.")
    releases.read_tested(root)
    project = Project(root / "_build" / "site")
    ran = [notebooks.read(project.root / page) for page in project.notebooks()]
    published = notebooks.numbers(ran)
    whose = f"{_bare(generated.banner(published))} {generated.updated(published, None)}"
    with TemporaryDirectory() as folder:
        made = Path(folder) / to.name
        _convert(board.pack(ran, read_actions(), whose), made)
        try:
            to.write_bytes(made.read_bytes())
        except OSError:
            raise SiteProblem(
                f"Det går inte att skriva {to.name} där. Välj en annan mapp."
            ) from None


def _bare(markdown: str) -> str:
    return markdown.replace("*", "")


def _convert(html: str, to: Path) -> None:
    command = [
        pypandoc.get_pandoc_path(), "--from=html", "--standalone", "--slide-level=2",
        f"--metadata=title:{board.TITLE}", "--metadata=lang:sv", "--extract-media=.",
        f"--output={to}",
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
