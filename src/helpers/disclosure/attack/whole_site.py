"""Attack everything that is told, together."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from helpers.disclosure.attack.aim import Aim, Target
from helpers.disclosure.attack.back_calculation import back_calculated
from helpers.disclosure.attack.evidence import conflict, contradicting, evidence
from helpers.disclosure.attack.leak import Leak, Rule, fewest_sources, first_sources
from helpers.disclosure.attack.releases import ADDED, by_release, dated, newcomers
from helpers.disclosure.attack.search import Found, search
from helpers.disclosure.attack.space import by_size, is_within
from helpers.disclosure.attack.system import Statement, System, fits, system
from helpers.disclosure.bounds import Contradiction
from helpers.disclosure.rules import Rules
from helpers.disclosure.told import Cell, Fact, Told
from helpers.disclosure.told import facts as facts_of

T = TypeVar("T")

_TRIES = 5
"""So many times what contradicts the rest in whole counts is left out, before all earlier is."""


def attack(facts: Sequence[Fact], rules: Rules) -> list[Leak]:
    """Find what a reader can work out, or nearly, from everything that is told.

    All that is told of the same cases is solved together: that sums agree wherever they are
    shown, that counts are whole and not negative, and between what limits a rounded ratio lies.

    Parameters
    ----------
    facts : sequence of Fact
        What is told, of the site at hand and of earlier releases. Those of different cases are
        not joined, and neither is what in a release contradicts the site at hand.
    rules : Rules
        What may be shown.

    Returns
    -------
    list of Leak
        Empty if nothing is given away.

    References
    ----------
    Hundepool A et al. (2012). Statistical Disclosure Control. Wiley, chapter 4.
    """
    populations: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        populations[fact.cell.cases].append(fact)
    return [leak for cases in sorted(populations) for leak in _attack(populations[cases], rules)]


def first_safe(candidates: Iterable[T], told: Callable[[T], Iterable[Told]], rules: Rules) -> T:
    """Choose the first candidate that gives nothing away, such as the finest safe grouping.

    Parameters
    ----------
    candidates : iterable
        At least one, the most wanted first. None is made that is not tried.
    told : callable
        What is told if a candidate is chosen.
    rules : Rules
        What may be shown.

    Returns
    -------
    object
        The first candidate of which `attack` finds no leak, or the last if there is none.
    """
    for candidate in candidates:
        if not attack([fact for each in told(candidate) for fact in facts_of(each)], rules):
            break
    return candidate


def _attack(facts: Sequence[Fact], rules: Rules) -> Iterator[Leak]:
    """Attack what is told of some cases, without what contradicts the site at hand."""
    told: list[Fact] = []
    for release, more in by_release(facts):
        told = [*told, *more]
        joined = system([*dated(told), *newcomers(told)])
        if not fits(joined.knowledge):
            yield _contradiction(joined, conflict(joined, whole=False))
            told = _without(told, joined, contradicting(joined, release))
    if told:
        yield from _leaks(told, rules)


def _leaks(facts: Sequence[Fact], rules: Rules, tries: int = _TRIES) -> Iterator[Leak]:
    """Attack what is told, and again without what cannot be right in whole counts."""
    told = system([*dated(facts), *newcomers(facts)])
    aim = Aim(rules, told.largest)
    shown = list(_shown(told, rules))
    try:
        found = list(search(told, _targets(told), aim))
        shares = list(back_calculated(told, aim))
    except Contradiction:
        statements = conflict(told, whole=True)
        yield _contradiction(told, statements)
        rest = _agreed(facts, told, statements) if tries else _of_the_site(facts)
        yield from _leaks(rest, rules, tries - 1) if len(rest) < len(facts) else shown
        return
    yield from shown
    yield from _worked_out(told, found, aim, [leak.cell for leak in shown])
    for cell, given_by in shares:
        yield from _given(told, cell, given_by, Rule.BACK_CALCULATION)


def _agreed(facts: Sequence[Fact], told: System, statements: Sequence[int]) -> list[Fact]:
    """Leave out statements that earlier releases alone make."""
    return _without(facts, told, [i for i in statements if i not in told.own])


def _of_the_site(facts: Sequence[Fact]) -> list[Fact]:
    return [fact for fact in facts if not fact.release]


def _without(facts: Sequence[Fact], told: System, statements: Sequence[int]) -> list[Fact]:
    """Leave out the facts of some statements."""
    out = {fact for same in told.facts(statements) for fact in same}
    return [fact for fact, known in zip(facts, dated(facts), strict=True) if known not in out]


def _shown(told: System, rules: Rules) -> Iterator[Leak]:
    """Find the small counts that are shown as they are."""
    for i, statement in enumerate(told.statements):
        if statement.cell not in told.hidden and _is_small(statement, rules):
            yield from _given(told, statement.cell, [i])


def _is_small(statement: Statement, rules: Rules) -> bool:
    is_count = statement.is_exact and statement.cell.of == "n"
    return is_count and 0 < statement.low < rules.min_count


def _targets(told: System) -> list[Target]:
    """Select the hidden cells, and those that are neither hidden nor shown."""
    named = told.shown | told.hidden.keys()
    cells = dict.fromkeys(map(told.space.plain, told.space.cells()))
    unnamed = [cell for cell in cells if cell.of == "n" and cell not in named]
    hidden = [Target(cell, is_hidden=True) for cell in told.hidden]
    return hidden + [Target(cell, is_hidden=False) for cell in unnamed]


def _worked_out(
    told: System, found: Sequence[Found], aim: Aim, few: Sequence[Cell]
) -> Iterator[Leak]:
    """Tell of the cells found, but for those within told ones of few, unless hidden by name."""
    few = list(few)
    for each in sorted(found, key=lambda each: by_size(each.target.cell)):
        cell = each.target.cell
        if each.target.is_hidden or not any(is_within(cell, other) for other in few):
            leaks = list(_given(told, cell, evidence(told, each, aim) if each.is_settled else []))
            few += [leak.cell for leak in leaks if each.is_few]
            yield from leaks


def _given(
    told: System, cell: Cell, statements: Sequence[int], rule: Rule | None = None
) -> Iterator[Leak]:
    """Say what gives a cell away, unless earlier releases alone did."""
    given_by = fewest_sources(told.facts(statements))
    if given_by and all(source.release for source in given_by):
        return
    if any(source.release for source in given_by) or ADDED in dict(cell.where):
        rule = Rule.DIFFERENCING
    usual = Rule.NARROW if cell in told.hidden else Rule.SMALL_COUNT
    yield Leak(rule or usual, cell, first_sources(told.about(cell)), given_by)


def _contradiction(told: System, statements: Sequence[int]) -> Leak:
    cell = told.statements[statements[0]].cell
    given_by = fewest_sources(told.facts(statements))
    return Leak(Rule.CONTRADICTION, cell, first_sources(told.about(cell)), given_by)
