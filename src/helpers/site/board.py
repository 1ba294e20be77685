"""The board's pack as a document and slides, of what the site publishes."""

import shutil
from collections.abc import Sequence
from pathlib import Path

from helpers.data import read_actions
from helpers.show import board
from helpers.site import document, generated, notebooks
from helpers.site.gate import releases
from helpers.site.notebooks import Notebook
from helpers.site.problem import SiteProblem

FILES = ("board/jamstalldhetsanalys.docx", "board/jamstalldhetsanalys.pptx")
"""Where the site has them."""


def write(site: Path, ran: Sequence[Notebook]) -> None:
    """Write the pack beside a site's pages, the same bytes each time.

    Parameters
    ----------
    site : Path
        The finished pages.
    ran : sequence of dict
        Its notebooks, as JSON, with the outputs that the pages show.
    """
    published = notebooks.numbers(ran)
    whose = f"{generated.banner(published)} {generated.updated(published, None)}".replace("*", "")
    html = board.pack(ran, read_actions())
    for name in FILES:
        (site / name).parent.mkdir(exist_ok=True)
        document.write(html, board.TITLE, site / name, whose)


def copy(root: Path, to: Path) -> None:
    """Copy the pack of the site that has passed the gate.

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
    made = {Path(name).suffix: name for name in FILES}
    document.refuse_other_kinds(to, [*made])
    releases.read_tested(root)
    try:
        shutil.copyfile(releases.placed(root) / made[to.suffix], to)
    except OSError:
        raise SiteProblem(f"Det går inte att skriva {to.name} där. Välj en annan mapp.") from None
