"""The gaps in waiting say what other programs say, and nothing that the counts do not bear."""

from datetime import date
from math import isfinite

import numpy as np
import pandas as pd
import pytest
from lifelines import KaplanMeierFitter
from lifelines.utils import restricted_mean_survival_time
from queue_cases import queue, safe

from helpers.disclosure import TOTAL, Hidden, Rules, SafeCounts, protect_durations
from helpers.questions import queue_times
from helpers.questions.gap import Verdict
from helpers.questions.queue_times import gap, tally

WAITING, ACCESS, LEFT = 0, 1, 2


def table(women, men):
    """Counts of women and men, each a list of (time, event, n)."""
    return pd.DataFrame(
        [
            (sex, float(t), event, n)
            for sex, own in (("K", women), ("M", men))
            for t, event, n in own
        ],
        columns=["sex", "time", "event", "n"],
    )


def as_they_are(counts):
    return SafeCounts(counts, notes=(), hidden=(), rules=Rules())


def by_name(gaps, group="alla"):
    return {(g.measure.name.split()[0], g.contrast): g for g in gaps if g.group == group}


STEADY = [(30 + 60 * i, ACCESS, 12) for i in range(8)] + [(500, WAITING, 40)]


def expanded(counts, sex):
    own = counts[counts["sex"] == sex]
    return own.loc[own.index.repeat(own["n"])]


def test_levels_are_those_of_lifelines_on_rows(sample_cases):
    counts = tally(queue(sample_cases))
    found = by_name(gap(as_they_are(counts)))
    for sex, level in (("K", "women"), ("M", "men")):
        people = expanded(counts, sex)
        fitted = KaplanMeierFitter().fit(people["time"], people["event"] == ACCESS)
        mean = getattr(found["medelväntetid", "difference"], level)
        assert mean == pytest.approx(restricted_mean_survival_time(fitted, 365), abs=1e-8)
        assert getattr(found["medianväntetid", "difference"], level) == fitted.median_survival_time_
        completed = people.loc[people["event"] == ACCESS, "time"]
        assert getattr(found["medel", "ratio"], level) == pytest.approx(completed.mean())


def test_share_housed_without_leavers_is_one_minus_the_share_waiting(sample_cases):
    stayed = sample_cases.assign(left_on=pd.NaT)
    counts = tally(queue(stayed))
    housed = by_name(gap(as_they_are(counts)))["andel", "difference"]
    for sex, level in (("K", housed.women), ("M", housed.men)):
        people = expanded(counts, sex)
        fitted = KaplanMeierFitter().fit(people["time"], people["event"] == ACCESS)
        assert level == pytest.approx(1 - fitted.predict(365 / 2))


def test_the_estimate_is_women_minus_men_and_women_over_men(sample_gaps):
    for g in sample_gaps:
        contrast = g.women - g.men if g.contrast == "difference" else g.women / g.men
        assert g.estimate == pytest.approx(contrast)
        assert g.low < g.estimate < g.high


def test_women_and_men_are_not_swapped():
    slow = [(t + 120, event, n) for t, event, n in STEADY]
    found = by_name(gap(as_they_are(table(slow, STEADY))))
    assert found["medelväntetid", "difference"].estimate > 0
    assert found["medelväntetid", "ratio"].estimate > 1
    assert found["andel", "difference"].estimate < 0
    mirrored = by_name(gap(as_they_are(table(STEADY, slow))))
    for key, sign in ((("medelväntetid", "difference"), -1), (("andel", "difference"), -1)):
        assert mirrored[key].estimate == pytest.approx(sign * found[key].estimate)
        assert mirrored[key].low == pytest.approx(sign * found[key].high)
        assert mirrored[key].verdict is found[key].verdict


@pytest.mark.parametrize(("shift", "verdict"), [(0, "NOT_ESTABLISHED"), (150, "ESTABLISHED")])
def test_the_verdict_follows_the_interval(shift, verdict):
    slow = [(t + shift, event, n) for t, event, n in STEADY]
    for g in gap(as_they_are(table(slow, STEADY))):
        null = 1 if g.contrast == "ratio" else 0
        assert g.verdict is (
            Verdict.NOT_ESTABLISHED if g.low <= null <= g.high else Verdict.ESTABLISHED
        )
        assert g.measure.unit == "share" or g.verdict is Verdict[verdict]


@pytest.mark.parametrize(("waiting", "is_enough"), [(4, False), (5, True)])
def test_a_mean_within_12_months_needs_five_waiting_at_12_months(waiting, is_enough):
    women = [(100, ACCESS, 10), (200, ACCESS, 10), (400, WAITING, waiting)]
    found = by_name(gap(as_they_are(table(women, STEADY))))
    for contrast in ("difference", "ratio"):
        g = found["medelväntetid", contrast]
        assert (g.verdict is not Verdict.TOO_FEW) == is_enough
        assert isinstance(g.women, Hidden) != is_enough
        assert isinstance(g.n_women, Hidden) != is_enough
        assert isinstance(g.men, Hidden) != is_enough


def test_all_housed_before_12_months_have_a_mean_wait_and_a_share_housed():
    """Nobody is left to follow, so the whole year is known: the mean is that of the waits."""
    women = [(50, ACCESS, 10), (100, ACCESS, 20), (150, ACCESS, 10)]
    found = by_name(gap(as_they_are(table(women, [(t + 20, *rest) for t, *rest in women]))))
    mean = found["medelväntetid", "difference"]
    assert (mean.women, mean.men) == (pytest.approx(100), pytest.approx(120))
    assert mean.estimate == pytest.approx(-20)
    assert (mean.n_women, mean.n_men) == (40, 40)
    assert found["medelväntetid", "ratio"].verdict is not Verdict.TOO_FEW


@pytest.mark.parametrize("event", [WAITING, LEFT])
def test_who_was_last_seen_before_12_months_without_a_flat_leaves_the_mean_unknown(event):
    for last in (150, 170):
        women = [(50, ACCESS, 10), (100, ACCESS, 20), (150, ACCESS, 10), (last, event, 6)]
        mean = by_name(gap(as_they_are(table(women, STEADY))))["medelväntetid", "difference"]
        assert mean.verdict is Verdict.TOO_FEW
        assert isinstance(mean.women, Hidden)


NO_DIFFERENCE_KNOWN = {
    "nobody housed within 6 months": ([(220, 1, 10), (300, 1, 10), (500, 0, 20)], "andel"),
    "nobody housed within 12 months": ([(400, 1, 10), (450, 1, 9), (500, 0, 20)], "medelväntetid"),
    "one block of completed waits": ([(175, 1, 6), (500, 0, 20)], "medel"),
    "everyone still waits": ([(500, 0, 20)], "andel"),
    "nobody": ([], "medelväntetid"),
}


@pytest.mark.parametrize(
    ("women", "measure"), NO_DIFFERENCE_KNOWN.values(), ids=NO_DIFFERENCE_KNOWN
)
def test_where_all_are_alike_nothing_is_established(women, measure):
    found = gap(as_they_are(table(women, STEADY)))
    for g in found:
        if g.measure.name.split()[0] == measure:
            assert g.verdict is Verdict.TOO_FEW
    levels = [v for g in found for v in (g.estimate, g.low, g.high) if not isinstance(v, Hidden)]
    assert not any(np.isnan(levels))


def test_a_limit_the_data_do_not_set_is_infinite_and_establishes_nothing():
    women = [(50, 1, 10), (100, 1, 7), (120, 0, 10), (300, 1, 8), (500, 0, 17)]
    median = by_name(gap(as_they_are(table(women, STEADY))))["medianväntetid", "difference"]
    assert (isfinite(median.low), median.high) == (True, np.inf)
    assert median.verdict is Verdict.NOT_ESTABLISHED


HARD = {
    "one sex": lambda cases: cases[cases["sex"] == "K"],
    "everyone waits": lambda cases: cases.assign(access_on=pd.NaT, left_on=pd.NaT),
    "few with children": lambda cases: pd.concat(
        [cases[~cases["has_children"]], cases[cases["has_children"]].head(6)]
    ),
    "few women": lambda cases: pd.concat(
        [cases[cases["sex"] == "M"], cases[cases["sex"] == "K"].head(6)]
    ),
    "few": lambda cases: cases.head(8),
    "none": lambda cases: cases.head(0),
    "all": lambda cases: cases,
}


@pytest.mark.parametrize("change", HARD.values(), ids=HARD)
@pytest.mark.parametrize("by", [["sex"], ["sex", "has_children"], ["has_children", "sex"]])
def test_there_is_always_one_headline_first_about_everyone(sample_cases, change, by):
    gaps = gap(safe(change(sample_cases), by=by, as_of=date(2025, 12, 31)))
    assert [g.headline for g in gaps] == [True] + [False] * (len(gaps) - 1)
    assert gaps[0].group == "alla"
    assert {g.group for g in gaps} == (set(queue_times.GROUPS) if len(by) > 1 else {"alla"})


def test_a_division_that_protection_takes_away_is_too_few_and_everyone_stays(sample_cases):
    counts = safe(HARD["few with children"](sample_cases))
    assert set(counts.counts["has_children"]) == {TOTAL}
    gaps = gap(counts)
    for part in ("utan barn", "med barn"):
        assert {g.verdict for g in gaps if g.group == part} == {Verdict.TOO_FEW}
    assert Verdict.TOO_FEW not in {g.verdict for g in gaps if g.group == "alla"}


def test_protection_hardly_moves_the_results(sample_cases, sample_gaps):
    counts = tally(queue(sample_cases), by=["sex", "has_children"], first_only=True)
    bare = gap(as_they_are(counts))
    within = {
        "alla": (3, 0.005),
        "utan barn": (3, 0.005),
        "med barn": (5, 0.01),
    }  # those with are few
    for group, (days, points) in within.items():
        before, after = by_name(bare, group), by_name(sample_gaps, group)
        for level in ("women", "men"):
            mean, share, completed = (
                (getattr(before[key], level), getattr(after[key], level))
                for key in [
                    ("medelväntetid", "difference"),
                    ("andel", "difference"),
                    ("medel", "ratio"),
                ]
            )
            assert mean[1] == pytest.approx(mean[0], abs=days)
            assert share[1] == pytest.approx(share[0], abs=points)
            assert completed[1] == pytest.approx(completed[0], rel=1e-9)


def test_the_38_per_cent_are_there_and_named_as_what_they_are(sample_gaps):
    every, completed = queue_times.ratios(sample_gaps, "utan barn")
    assert round(completed.estimate, 2) == 1.38
    assert "räknar inte dem som väntar" in completed.measure.name
    assert 1 < every.estimate < 1.2


def test_a_manager_needs_every_gap_but_the_ratio_that_repeats_the_headline(sample_gaps):
    left_out = [g for g in sample_gaps if g not in queue_times.foremost(sample_gaps)]
    assert [g.group for g in left_out] == list(queue_times.GROUPS)
    assert {(g.measure.name, g.contrast) for g in left_out} == {
        (sample_gaps[0].measure.name, "ratio")
    }
    assert queue_times.foremost(sample_gaps)[0].headline


def test_each_group_rests_on_its_own_persons_and_the_two_parts_make_everyone(sample_gaps):
    means = [g for g in sample_gaps if g.measure == sample_gaps[0].measure]
    n = {g.group: (g.n_women, g.n_men) for g in means}
    parts = zip(n["utan barn"], n["med barn"], strict=True)
    assert n["alla"] == tuple(map(sum, parts))


def test_like_is_compared_with_like_in_the_tests_of_whole_curves(sample_cases):
    """With children decided by coin and a wait that depends on them only, nothing differs."""
    cells = [("K", False, 40), ("K", True, 10), ("M", False, 10), ("M", True, 40)]
    counts = pd.DataFrame(
        [
            (sex, child, float(t + 200 * child), ACCESS, n)
            for sex, child, n in cells
            for t in (50, 100, 150, 200)
        ],
        columns=["sex", "has_children", "time", "event", "n"],
    )
    stratified = queue_times.tests(protect_durations(counts)).set_index("test")["p_value"]
    together = counts.drop(columns="has_children")
    crude = queue_times.tests(protect_durations(together)).set_index("test")["p_value"]
    assert (stratified > 0.9).all()
    assert (crude < 0.001).all()
