"""A real PostgreSQL of the tests' own, on a port and in a folder of its own."""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import mkdtemp

import psycopg

from helpers.data.contracts import TABLES
from helpers.paths import SAMPLE

_TYPES = {
    "string": "text",
    "boolean": "boolean",
    "date": "date",
    "int64": "bigint",
    "float64": "double precision",
}


class Server:
    """A running server: its address, and what it has written in its log."""

    def __init__(self, folder: Path, port: int) -> None:
        self.address = f"postgresql://likavard:hemligt@127.0.0.1:{port}/postgres"
        self._log = folder / "log"

    def run(self, *statements: str) -> None:
        with psycopg.connect(self.address, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)

    def logged(self) -> str:
        return self._log.read_text(encoding="utf-8")

    def fill(self, table: str) -> None:
        """Load a table of the sample, in a schema's ordinary types."""
        text = (SAMPLE / f"{table}.csv").read_text(encoding="utf-8")
        names = text.partition("\n")[0].split(",")
        columns = (f'"{name}" {_TYPES[str(TABLES[table].columns[name].dtype)]}' for name in names)
        with psycopg.connect(self.address, autocommit=True) as connection:
            connection.execute(f"CREATE TABLE {table} ({', '.join(columns)})")
            with connection.cursor().copy(f"COPY {table} FROM STDIN (FORMAT csv, HEADER)") as copy:
                copy.write(text)


def programs() -> Path | None:
    """Find the folder of PostgreSQL's programs, on the path or where Debian keeps them."""
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    return next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), None)


@contextmanager
def started() -> Iterator[Server]:
    """Start a server, and stop it. It refuses to run as root, so that root lends it to another."""
    user = {"user": "postgres", "group": "postgres"} if os.geteuid() == 0 else {}
    folder, bin_ = Path(mkdtemp(prefix="pg-")), programs()
    if user:
        shutil.chown(folder, "postgres", "postgres")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    data = folder / "data"
    options = f"-F -p {port} -k {folder} -c listen_addresses=127.0.0.1"
    run = partial(subprocess.run, check=True, cwd=folder, stdout=subprocess.DEVNULL, **user)
    initdb = [bin_ / "initdb", "-D", data, "-U", "likavard", "-A", "trust", "-N"]
    control = [bin_ / "pg_ctl", "-D", data, "-w"]
    try:
        run([*initdb, "--locale=C", "--encoding=UTF8"])
        run([*control, "-l", folder / "log", "-o", options, "start"])
        try:
            yield Server(folder, port)
        finally:
            run([*control, "-m", "immediate", "stop"])
    finally:
        shutil.rmtree(folder, ignore_errors=True)
