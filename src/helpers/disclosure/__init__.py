"""What may be known: true counts in, noisy counts out, and the rules and the key between them.

Read in this order: `tally` (true counts and cell keys), `keys`, `engines`, `noise` (the
perturbation table), `protect`, `published`, `rules`; `attacker` measures what a reader can learn.
"""

from helpers.disclosure.keys import KeyProblem, Secret
from helpers.disclosure.keys import load as load_secret
from helpers.disclosure.protect import protect
from helpers.disclosure.published import Level, Mean, Published
from helpers.disclosure.rules import RuleProblem, Rules, explained, load_rules
from helpers.disclosure.tally import ALL, EVERYONE, PEOPLE, TOTAL, Group, Tally, counted, grouped

__all__ = [
    "ALL",
    "EVERYONE",
    "PEOPLE",
    "TOTAL",
    "Group",
    "KeyProblem",
    "Level",
    "Mean",
    "Published",
    "RuleProblem",
    "Rules",
    "Secret",
    "Tally",
    "counted",
    "explained",
    "grouped",
    "load_rules",
    "load_secret",
    "protect",
]
