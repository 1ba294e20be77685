"""A folder to work in: settings, a place for extracts, and what to do next."""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from helpers.paths import SHIPPED
from helpers.site.problem import SiteProblem
from helpers.site.source import without_front_matter

_COPIED = ("likavard.yml", "disclosure.yml", "mappings")
_PAGES = ("_quarto.yml", "_variables.yml", "index.qmd", "notebooks", "reports")
_LEGAL = Path("reports") / "legal.qmd"
EXTRACTS, SITE = "uttag", "webbplats"
_IGNORED = f"""# Uttag ur ärendesystem, och det som byggs av dem, ska aldrig sparas i ett arkiv.
{EXTRACTS}/
_build/
_site/
{SITE}/
"""
_NEXT = f"""# Arbetsmapp för Lika vård

1. Skriv kommunens namn och dagen som gäller i `likavard.yml`. Allt i filen är förklarat där.
2. Lägg uttagen i `{EXTRACTS}/`. En tabell räcker. Exporter ur ett ärendesystem läses med
   `likavard import`; `mappings/` har mappningsfiler att utgå från.
3. Granska dem: `likavard check {EXTRACTS}`
4. Bygg webbplatsen: `likavard site --data {EXTRACTS} --out {SITE}`
5. Öppna `{SITE}/index.html`.

Allt sker på den här datorn. Inget skickas någonstans. Innan något publiceras: läs `juridik.md`
tillsammans med en jurist, och kör `likavard release`, så att två personer granskar.

`disclosure.yml` säger vad som får visas. En regel får skärpas, inte mildras.
"""


def start(folder: Path, pages: bool = False) -> None:
    """Make a working folder, whole or not at all.

    Parameters
    ----------
    folder : Path
        Where; it must not be there, or be empty.
    pages : bool
        Whether to copy the pages and notebooks too, to change them. Without, those that come with
        the program are used, also after it has been upgraded.

    Raises
    ------
    SiteProblem
        If there is something else there already, or it cannot be written.
    """
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise SiteProblem(f"{folder} finns redan och är inte tom. Välj ett annat namn.")
        folder.absolute().parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=folder.absolute().parent, prefix=".likavard-") as place:
            made = Path(place) / folder.name
            _fill(made, pages)
            made.replace(folder)
    except OSError as error:
        raise SiteProblem(f"Det går inte att skriva i {folder}. Välj en annan plats.") from error


def _fill(folder: Path, pages: bool) -> None:
    (folder / EXTRACTS).mkdir(parents=True)
    for name in (*_COPIED, *(_PAGES if pages else ())):
        copy = shutil.copytree if (SHIPPED / name).is_dir() else shutil.copyfile
        copy(SHIPPED / name, folder / name)
    legal = without_front_matter((SHIPPED / _LEGAL).read_text(encoding="utf-8"))
    (folder / "juridik.md").write_text(f"# Juridiskt stöd\n{legal}", encoding="utf-8")
    (folder / ".gitignore").write_text(_IGNORED, encoding="utf-8")
    (folder / "LÄS MIG.md").write_text(_NEXT, encoding="utf-8")
