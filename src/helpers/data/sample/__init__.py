"""Invented municipalities: the case tables, made from seeds. No person in them exists.

The sample, in ``data/sample/``, reproduces the published figures that the questions start from,
and holds what those figures left out: people still waiting, several decisions a person, pending
applications, answers not given. A town is made by the same draws, of any size, with each person
drawn independently.
"""

from helpers.data.sample.draws import AS_OF, FIRST_DAY
from helpers.data.sample.towns import town, write, write_town
from helpers.data.sample.true_gaps import Truth, truth

__all__ = ["AS_OF", "FIRST_DAY", "Truth", "town", "truth", "write", "write_town"]
