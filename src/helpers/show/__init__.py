"""Figures, tables and Swedish words: one call shows a result with its figure, table and files."""

from helpers.show.front_page import overview
from helpers.show.gaps import answer, gap
from helpers.show.queue_times import counted, housed, tests, waiting

__all__ = ["answer", "counted", "gap", "housed", "overview", "tests", "waiting"]
