"""Attack what is told, as a reader could, to find what it gives away."""

from helpers.disclosure.attack.leak import Leak, Rule, Source, name
from helpers.disclosure.attack.whole_site import attack, first_safe

__all__ = ["Leak", "Rule", "Source", "attack", "first_safe", "name"]
