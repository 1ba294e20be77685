"""`python -m helpers` is the same as `likavard`."""

from helpers.cli import app

app(prog_name="likavard")
