"""The benchmarks are a package at the repository's root, not an installed one."""

import sys

from helpers.paths import ROOT

sys.path.insert(0, str(ROOT))
