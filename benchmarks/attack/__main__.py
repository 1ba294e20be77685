"""Time the attack on invented tables: ``python -m benchmarks.attack``."""

from collections.abc import Callable
from time import perf_counter

from benchmarks.attack.sites import SITES
from helpers.disclosure import Rules
from helpers.disclosure.attack import attack
from helpers.disclosure.told import Fact

HEADING = """\
| tables | numbers told | hidden | given away | seconds |
| --- | ---: | ---: | ---: | ---: |"""


def line(name: str, make: Callable[[], list[Fact]]) -> str:
    """Attack, and say how it went as a row of a Markdown table."""
    told = make()
    started = perf_counter()
    leaks = attack(told, Rules())
    seconds = perf_counter() - started
    n_hidden = sum(fact.is_hidden for fact in told)
    return f"| {name} | {len(told):,} | {n_hidden:,} | {len(leaks)} | {seconds:.1f} |"


if __name__ == "__main__":
    print(HEADING)
    for site in SITES.items():
        print(line(*site), flush=True)
