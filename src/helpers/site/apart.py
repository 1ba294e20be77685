"""Who is in the data and in no comparison, told with noise as every other count."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from ibis.expr.types import Table

from helpers import environment
from helpers.data import DataProblem, files, read_cases
from helpers.data.contracts import CASE_TABLES
from helpers.data.intake.persons import KEY, PERSON
from helpers.data.reading import tables
from helpers.disclosure.keys import Secret, load
from helpers.disclosure.protect import noisy_count
from helpers.disclosure.rules import load_rules
from helpers.disclosure.tally import counted
from helpers.paths import SAMPLE
from helpers.show.words import count

_HEADING = "## Räknas för sig {#sec-apart}"
_HOW = (
    "Webbplatsen jämför kvinnor och män. De här är inte med i jämförelserna. Antalen har brus, som "
    "alla andra."
)
_OTHER_SEX = "{} personer har annat eller okänt kön, eller skyddad identitet."
_BROKEN = "{} rader lämnades ute vid läsningen, för att de bryter mot en regel."


def said() -> str:
    """Say in markdown how many are counted apart; nothing where there are none."""
    source = environment.named("LIKAVARD_DATA") or str(SAMPLE)
    lines = [
        f"- **{CASE_TABLES[table].title}:** {line}"
        for table in tables(source)
        if table in CASE_TABLES and not files.is_sample(table, source)
        for line in _lines(table, source)
    ]
    return "\n".join(["", _HEADING, "", _HOW, "", *lines]) if lines else ""


def _lines(table: str, source: str) -> Iterator[str]:
    with suppress(DataProblem):  # a table that no question takes may break its rules
        cases = read_cases(table, source)
        secret = load(cases.is_sample)
        if table in PERSON:
            yield from _told(_OTHER_SEX, *_persons(table, cases.apart[table], secret), secret)
        imported = None if "://" in source else files.imported(table, Path(source))
        if imported:
            yield from _told(_BROKEN, imported.left_out, imported.left_out_key, secret)


def _persons(table: str, rows: Table, secret: Secret) -> tuple[int, int]:
    """Count persons, and add up their keys."""
    name = PERSON[table]
    who = [column for column in (name, "sex", KEY) if column in rows.columns]
    persons = counted(rows.select(*who).distinct(), ["sex"], name, secret)
    return int(persons["n"].sum()), int(persons["key"].sum())


def _told(line: str, n: int, key: int, secret: Secret) -> Iterator[str]:
    if n:
        rules = load_rules()
        yield line.format(count(noisy_count(n, key, secret, rules), rules.smallest_shown))
