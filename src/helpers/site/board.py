"""The board's pack as a document or slides, of what the finished site publishes."""

from pathlib import Path

from helpers.data import read_actions
from helpers.show import board
from helpers.site import document, generated, notebooks
from helpers.site.gate import releases
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
    document.refuse_other_kinds(to, KINDS)
    releases.read_tested(root)
    project = Project(root / "_build" / "site")
    ran = [notebooks.read(project.root / page) for page in project.notebooks()]
    published = notebooks.numbers(ran)
    whose = f"{_bare(generated.banner(published))} {generated.updated(published, None)}"
    document.write(board.pack(ran, read_actions(), whose), board.TITLE, to)


def _bare(markdown: str) -> str:
    return markdown.replace("*", "")
