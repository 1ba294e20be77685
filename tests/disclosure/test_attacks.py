"""Attacks known from the literature, tried on small made tables.

Subtraction and linked tables: Hundepool et al. (2012), Statistical Disclosure Control, ch. 4.
Differencing and averaging: Thompson G, Broadfoot S, Elazar D (2013), Methodology for the automatic
confidentialisation of statistical outputs from remote servers at the Australian Bureau of
Statistics, UNECE work session on statistical data confidentiality.
"""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from made import SECRET, people, secret, tally

from benchmarks.attack.bounds import bounds
from helpers.disclosure import PEOPLE, Rules, protect
from helpers.disclosure.attacker import cells_of, changes_of
from helpers.disclosure.noise import perturbed

ENDS = ["a", "b", "c"]
TOWNS = 4000


def _town(women_a, seed, others=(9, 14, 21, 17, 30)):
    """Few women with end a; everybody else by sex and end."""
    kinds = [("K", "a"), ("K", "b"), ("K", "c"), ("M", "a"), ("M", "b"), ("M", "c")]
    counts = (women_a, *others)
    return people(
        *[({"sex": s, "end": e}, n) for (s, e), n in zip(kinds, counts, strict=True)],
        start=1000 * seed,
    )


def _published(cells, seed, day=date(2025, 12, 31)):
    return protect(tally(cells, of=secret(seed), as_of=day, end=ENDS))


KEYS = SECRET.hashed("person", [f"p{n}" for n in range(100 * TOWNS)]).reshape(TOWNS, 100)
PLACES = {("K", "a"): (0, 4), ("K", "b"): (4, 13), ("K", "c"): (13, 27), ("M", "a"): (27, 48),
          ("M", "b"): (48, 65), ("M", "c"): (65, 95)}  # fmt: skip


def _noisy(*groups):
    """Noisy counts of the people at some places together, in every town."""
    who = np.concatenate([np.arange(first, last) for first, last in groups])
    sums = pd.Series(KEYS[:, who].sum(axis=1))
    return perturbed(np.full(TOWNS, len(who)), SECRET.hashed("cell", sums), Rules().noise)


def _seen(small):
    """What is published of women with end a, of whom there are so few, and of the rest."""
    place = PLACES | {("K", "a"): (0, small)}
    by_sex = [[place[s, end] for end in ENDS] for s in "KM"]
    return {
        "own": _noisy(place["K", "a"]),
        "left of women": _noisy(*by_sex[0]) - _noisy(by_sex[0][1]) - _noisy(by_sex[0][2]),
        "left of end a": _noisy(place["K", "a"], place["M", "a"]) - _noisy(place["M", "a"]),
    }


@pytest.mark.parametrize("small", [1, 3])
def test_subtracting_parts_from_a_total_finds_a_small_count_no_better_than_looking(small):
    right = {name: np.mean(found == small) for name, found in _seen(small).items()}
    assert max(right["left of women"], right["left of end a"]) < 0.2
    assert right["own"] < 0.45


@pytest.mark.parametrize("small", [1, 2, 4])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_linked_tables_leave_six_values_or_more(small, seed):
    record = _published(_town(small, seed), seed).to_record()
    cells = cells_of([record])
    wanted = {("sex",): "K", ("ends", "end"): "a"}
    [place] = [n for n, cell in enumerate(cells) if cell.who == wanted]
    [(low, high)] = bounds([record], [place])
    assert low <= small <= high
    assert high - low + 1 >= 6


def test_a_lone_person_is_not_told_from_none_or_several():
    shares = {n: np.bincount(_seen(n)["own"], minlength=12) / TOWNS for n in (1, 2, 3)}
    assert np.minimum(shares[1], shares[2]).sum() > 0.5
    assert np.minimum(shares[1], shares[3]).sum() > 0.35
    assert shares[1][1] < 0.45


@pytest.mark.parametrize("newcomers", [1, 2])
def test_the_difference_of_two_releases_is_not_the_change(newcomers):
    change = _noisy((0, 12 + newcomers)) - _noisy((0, 12))
    assert np.mean(change == newcomers) < 0.2
    assert np.std(change) > 2.5


def test_a_change_is_left_open_by_sums_and_inclusion():
    before = _town(12, 7)
    after = pd.concat([before, people(({"sex": "K", "end": "a"}, 1), start=7900)])
    days = date(2024, 12, 31), date(2025, 12, 31)
    records = [
        _published(cells, 7, day).to_record()
        for cells, day in zip((before, after), days, strict=True)
    ]
    cells = cells_of(records)
    earlier, later = changes_of(cells)
    pair = [
        (one, two)
        for one, two in zip(earlier, later, strict=True)
        if cells[one].who == {("sex",): "K", ("ends", "end"): "a"}
    ]
    for place in pair[0]:
        [(low, high)] = bounds(records, [place])
        assert high - low + 1 >= 6


def test_averaging_over_tables_gives_the_same_number_again():
    """Those who answered every item the same way: seven tables, one noise."""
    for seed in range(20):
        cells = people(({"sex": "K", "one": "x", "two": "x"}, 17), start=100 * seed)
        of = protect(tally(cells, of=secret(seed), one=["x"], two=["x"]))
        numbers = {of.cell(PEOPLE, sex="K"), of.cell("ones", sex="K", one="x")}
        assert numbers == {of.cell("twos", sex="total", two="total")}


def test_averaging_over_quarters_of_the_same_people_adds_nothing():
    cells = people(({"sex": "K", "end": "a"}, 17))
    days = [date(2024, month, 28) for month in (3, 6, 9, 12)]
    assert len({_published(cells, 3, day).cell(PEOPLE, sex="K") for day in days}) == 1
