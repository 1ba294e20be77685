"""The command `likavard`.

Each command imports what it needs when it runs, so that `likavard --help` answers at once.
"""
# ruff: noqa: PLC0415

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from enum import StrEnum
from functools import reduce
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
import typer.core

_HELP_WORDS = {
    "Usage:": "Användning:",
    "[OPTIONS]": "[VAL]",
    "COMMAND [ARGS]...": "KOMMANDO [ARGUMENT]...",
    "Options:": "Val:",
    "Arguments:": "Argument:",
    "Commands:": "Kommandon:",
    "[default: ": "[annars: ",
    "[required]": "[krävs]",
    "Show this message and exit.": "Visa den här hjälpen.",
}
"""What Typer itself says in a help text."""


def _in_swedish(text: str) -> str:
    return reduce(lambda said, word: said.replace(*word), _HELP_WORDS.items(), text)


class _Group(typer.core.TyperGroup):
    def get_help(self, ctx: Any) -> str:  # noqa: ANN401
        return _in_swedish(super().get_help(ctx))


class _Command(typer.core.TyperCommand):
    def get_help(self, ctx: Any) -> str:  # noqa: ANN401
        return _in_swedish(super().get_help(ctx))


app = typer.Typer(
    cls=_Group,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


peers_app = typer.Typer(cls=_Group, invoke_without_command=True, rich_markup_mode=None)
app.add_typer(peers_app, name="peers")


class OpenSource(StrEnum):
    """Where open data come from."""

    kolada = "kolada"
    scb = "scb"
    ssb = "ssb"
    socialstyrelsen = "socialstyrelsen"


class Renderer(StrEnum):
    """What makes HTML of the pages."""

    auto = "auto"
    quarto = "quarto"
    pandoc = "pandoc"


@contextmanager
def _problems_told() -> Iterator[None]:
    """Tell a problem meant for staff in its own words, and leave with status 2."""
    from helpers.problem import Problem

    try:
        yield
    except Problem as problem:
        typer.echo(str(problem), err=True)
        sys.exit(2)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(version("lika-vard"))
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Visa versionen.")
    ] = False,
) -> None:
    """Visar om kvinnor och män får samma insatser: läs uttag, räkna och bygg webbplatsen."""


@app.command(cls=_Command)
def site(
    renderer: Annotated[
        Renderer, typer.Option(help="Vad som gör sidorna. auto tar Quarto om det finns.")
    ] = Renderer.auto,
    data: Annotated[
        str | None,
        typer.Option(help="Mapp med egna uttag, eller en databas. Annars LIKAVARD_DATA."),
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Mapp för webbplatsen. Annars _site.")] = None,
) -> None:
    """Kör anteckningsböckerna och bygg webbplatsen."""
    with _problems_told():
        from helpers import environment
        from helpers.site.build import build

        if data is not None:
            environment.use(data)
        typer.echo(f"Webbplatsen finns i {build(renderer.value, out=out) / 'index.html'}")


@app.command(cls=_Command)
def init(
    folder: Annotated[Path, typer.Argument(metavar="MAPP", help="Arbetsmappen, som ska göras.")],
    pages: Annotated[
        bool, typer.Option("--pages", help="Ta med anteckningsböcker och sidor, för att ändra dem.")
    ] = False,
) -> None:
    """Gör en arbetsmapp för en kommuns egna uppgifter."""
    with _problems_told():
        from helpers.site.starting import start

        start(folder, pages)
        typer.echo(f"Arbetsmappen finns i {folder}. Läs LÄS MIG.md där.")


@app.command(cls=_Command)
def check(
    source: Annotated[
        str | None,
        typer.Argument(
            metavar="UTTAG",
            help="Mapp, fil eller adress till en databas. Annars LIKAVARD_DATA, eller exempeldata.",
        ),
    ] = None,
    html: Annotated[
        Path | None, typer.Option(help="Fil i den skyddade mappen för rapporten som webbsida.")
    ] = None,
) -> None:
    """Granska varje tabell i ett uttag mot dess regler, och säg vilka frågor den besvarar."""
    with _problems_told():
        from helpers.data.problems import DataProblem
        from helpers.data.quality import examine
        from helpers.site import data_report

        examined = examine(source)
        if html:
            _write_outside(html, data_report.page(examined))
        for line in data_report.told(examined):
            typer.echo(line)
        if wrong := [f for own in examined for f in own.findings if not f.notice]:
            raise DataProblem(*wrong)


def _write_outside(file: Path, text: str) -> None:
    from helpers.data.files import refuse_repository

    refuse_repository(file)
    file.write_text(text, encoding="utf-8", newline="\n")


@app.command(cls=_Command)
def template(
    folder: Annotated[Path, typer.Argument(metavar="MAPP", help="Mapp för mallarna.")],
) -> None:
    """Skriv en arbetsbok att fylla i för varje tabell, och mappningen som läser dem."""
    with _problems_told():
        from helpers.data.intake.template import write

        for file in write(folder):
            typer.echo(file)


@app.command("import", cls=_Command)
def import_(
    exports: Annotated[
        list[Path], typer.Argument(metavar="EXPORT", help="Filer: xlsx, xls, ods, csv eller txt.")
    ],
    mapping: Annotated[Path | None, typer.Option(help="Mappningsfil (YAML).")] = None,
    to: Annotated[Path | None, typer.Option(help="Skyddad mapp för tabellerna.")] = None,
    accept_partial: Annotated[
        bool, typer.Option("--accept-partial", help="Utelämna rader som bryter mot en regel.")
    ] = False,
    suggest: Annotated[
        bool, typer.Option("--suggest", help="Skriv bara ut ett förslag till mappningsfil.")
    ] = False,
) -> None:
    """Läs exporter ur verksamhetssystemet till granskade tabeller i en skyddad mapp."""
    with _problems_told():
        if suggest:
            from helpers.data.intake.suggesting import suggest as suggested

            typer.echo(suggested(exports), nl=False)
            return
        if mapping is None or to is None:
            _stop("Import behöver --mapping och --to, eller --suggest för ett förslag.")
        from helpers.data.intake import importing
        from helpers.disclosure.keys import load

        request = importing.Request(exports, mapping, to, accept_partial)
        with _progress() as advance:
            said = importing.run(request, load(is_sample=False).pseudonyms(), advance)
        for line in said:
            typer.echo(line)


@contextmanager
def _progress() -> Iterator[Callable[[str, int, int], None]]:
    """Draw a bar for each source that is read, in a terminal and nowhere else."""
    from rich.console import Console
    from rich.progress import Progress, TaskID

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        tasks: dict[str, TaskID] = {}

        def advance(source: str, expected: int, read: int) -> None:
            if source not in tasks:
                tasks[source] = progress.add_task(source, total=expected)
            progress.advance(tasks[source], read)

        yield advance


@app.command(cls=_Command)
def scan(
    files: Annotated[
        list[Path], typer.Argument(metavar="FIL", help="Filer som ska sparas i arkivet.")
    ],
) -> None:
    """Granska att filer inte röjer någon: personnummer, rader ur ärendedata, sökvägar."""
    from helpers.site.scan import scan_files

    findings = scan_files(files)
    for finding in findings:
        typer.echo(str(finding), err=True)
    if findings:
        sys.exit(2)


@app.command(cls=_Command)
def sample(
    to: Annotated[Path | None, typer.Option(help="Mapp för en påhittad kommun.")] = None,
    women: Annotated[
        int | None,
        typer.Option(help="Hur många kvinnor som köar, placeras, har en plan och svarar."),
    ] = None,
    men: Annotated[int | None, typer.Option(help="Hur många män.")] = None,
    seed: Annotated[
        int, typer.Option(help="Tal som slumpen utgår från. Samma tal ger samma kommun.")
    ] = 0,
    no_gap: Annotated[
        bool, typer.Option("--no-gap", help="Låt inget skilja mellan kvinnor och män.")
    ] = False,
) -> None:
    """Gör om exempeldata i data/sample/, eller gör en påhittad kommun av en annan storlek."""
    from helpers.data.sample import write, write_town

    if (to, women, men, seed, no_gap) == (None, None, None, 0, False):
        files = write()
    elif to is None or women is None or men is None:
        _stop("En påhittad kommun behöver --to, --women och --men.")
    else:
        try:
            files = write_town(to, women, men, seed, gap=not no_gap)
        except ValueError as problem:
            _stop(str(problem))
        except OSError:
            _stop(f"Det går inte att skriva i {to}. Välj en annan mapp.")
    for file in files:
        typer.echo(file)


def _stop(problem: str) -> NoReturn:
    typer.echo(problem, err=True)
    sys.exit(2)


@app.command(cls=_Command)
def save() -> None:
    """Kör anteckningsböckerna på exempeldata och spara deras resultat."""
    with _problems_told():
        from helpers.site.build import save as save_outputs

        save_outputs()
        typer.echo("Anteckningsböckerna och de genererade delarna är sparade.")


@app.command(cls=_Command)
def release() -> None:
    """Skriv ned vad som ska publiceras, för två att granska och skriva under."""
    with _problems_told():
        from helpers import paths
        from helpers.site.gate import releases, report

        file = releases.release(paths.ROOT, _today().isoformat())
        record = releases.read(file)
        is_signed = releases.is_signed(record)
        place = file.relative_to(paths.ROOT).as_posix()
        typer.echo(report.released(place, record, is_signed=is_signed), err=not is_signed)
        if not is_signed:
            sys.exit(2)


@app.command(cls=_Command)
def board(
    to: Annotated[Path, typer.Option(help="Filen, som slutar på .docx eller .pptx.")],
) -> None:
    """Skriv nämndens underlag, fyra sidor, av det som webbplatsen publicerar."""
    with _problems_told():
        from helpers import paths
        from helpers.site import board as pack

        pack.copy(paths.ROOT, to)
    typer.echo(f"Underlaget finns i {to}.")


@app.command(cls=_Command)
def actions(
    to: Annotated[Path, typer.Option(help="Filen: actions.xlsx eller actions.csv.")],
) -> None:
    """Skriv tabellen över åtgärder som Excel eller CSV, att ändra i och lägga bland uttagen."""
    with _problems_told():
        from helpers.data import hand_kept, read_actions

        hand_kept.write("actions", read_actions(), to)
    typer.echo(f"Tabellen finns i {to}.")


@app.command("follow-up", cls=_Command)
def follow_up(
    to: Annotated[Path, typer.Option(help="Filen, som slutar på .docx.")],
    audit: Annotated[
        str | None, typer.Option(help="Revisionens id. Utan id tas den senaste.")
    ] = None,
) -> None:
    """Skriv formuläret för återbesöket efter en brukarrevision."""
    with _problems_told():
        from helpers.site import follow_up as visit

        visit.write(to, audit)
    typer.echo(f"Formuläret finns i {to}.")


@app.command("meeting-sheet", cls=_Command)
def meeting_sheet(
    to: Annotated[Path, typer.Option(help="Filen, som slutar på .docx.")],
) -> None:
    """Skriv bladet till nästa dialogmöte: det ni sade, det vi gjorde, det vi inte kan."""
    with _problems_told():
        from helpers.site import meeting_sheet as sheet

        sheet.write(to)
    typer.echo(f"Bladet finns i {to}.")


@app.command("import-codes", cls=_Command)
def import_codes(
    file: Annotated[Path, typer.Argument(help="En .qdpx, en .qdc, eller Taguettes .csv.")],
    to: Annotated[Path, typer.Option(help="Mapp för codes, notes och codings.")],
) -> None:
    """Läs koder från ett program för kvalitativ analys. Texten följer inte med."""
    with _problems_told():
        from helpers.data import qda

        for written in qda.write(qda.read(file), to):
            typer.echo(written)


@app.command("export-counts", cls=_Command)
def export_counts(
    to: Annotated[Path, typer.Option(help="Filen som ska skickas till länet.")],
) -> None:
    """Skriv det som webbplatsen publicerar, undertecknat, för länets jämförelse."""
    with _problems_told():
        from helpers import paths
        from helpers.site import exchange

        public = exchange.export(paths.ROOT, to)
    typer.echo(f"{to}: skicka den till länet. Den öppna nyckeln {public} lämnas en gång, för sig.")


@app.command(cls=_Command)
def county(
    files: Annotated[list[Path], typer.Argument(metavar="FIL", help="Kommunernas filer.")],
    out: Annotated[Path, typer.Option(help="Mapp för länets sidor.")],
    keys: Annotated[
        Path, typer.Option(help="Mapp med kommunernas öppna nycklar, en per kommun: 0484.pub.")
    ] = Path("keys"),
) -> None:
    """Väg samman kommuners antal, och bygg länets sidor."""
    with _problems_told():
        from helpers.site.county import build as build_county

        typer.echo(f"Länets sidor finns i {build_county(files, keys, out)}")


@peers_app.callback()
def peers(context: typer.Context) -> None:
    """Säg vilka öppna data som finns att jämföra med, och hur gamla de är."""
    if context.invoked_subcommand:
        return
    with _problems_told():
        from helpers.data.peers import told

        for line in told.all_snapshots(_today()):
            typer.echo(line)


@peers_app.command(cls=_Command)
def fetch(
    source: Annotated[
        OpenSource | None, typer.Option(help="Källan. Utan källa hämtas från Kolada och SCB.")
    ] = None,
    kpi: Annotated[str, typer.Option(help="Nyckeltal eller tabeller, med komma.")] = "",
    municipality: Annotated[str, typer.Option(help="Kommuner eller grupper, med komma.")] = "",
    year: Annotated[str, typer.Option(help="År, med komma.")] = "",
    to: Annotated[Path | None, typer.Option(help="Mapp. Annars data/peers/.")] = None,
) -> None:
    """Hämta öppna data att jämföra med. Utan val hämtas det som webbplatsen behöver."""
    with _problems_told():
        from helpers.data.peers import Asked, told
        from helpers.data.peers import fetch as fetch_peers

        asked = Asked(_listed(kpi), _listed(municipality), told.years(_listed(year)))
        for name in [source.value] if source else ["kolada", "scb"]:
            with _calls_counted(name) as on_call:
                snapshot = fetch_peers(name, asked, _today(), to, on_call)
            typer.echo("\n".join(told.fetched(snapshot)))


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


@contextmanager
def _calls_counted(source: str) -> Iterator[Callable[[], object]]:
    """Show on a terminal, and nowhere else, how many answers have come."""
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn

    console = Console(stderr=True)
    columns = SpinnerColumn(), TextColumn("{task.description}: {task.completed} svar")
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task(source, total=None)
        yield lambda: progress.advance(task)


def _today() -> date:
    from datetime import datetime

    return datetime.now().astimezone().date()
