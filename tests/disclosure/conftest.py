"""The bounds that the benchmarks find are used here too: a package at the repository's root."""

import sys

from helpers.paths import ROOT

sys.path.insert(0, str(ROOT))
