"""All who take part in the benchmarks answer the same. How fast is nobody's promise here."""

from dataclasses import replace

import pytest

from benchmarks.cases import write
from benchmarks.contenders.report import HORIZON
from benchmarks.contest import CHECKED, OURS, contest
from benchmarks.files import AS_OF, parquet
from benchmarks.measure import measure
from benchmarks.table import tables
from helpers.data import read_cases
from helpers.questions import queue_times
from helpers.stats.survival import restricted_mean

ROWS = 1000
# The noise of a mean of 135 mothers has a standard deviation of two days.
DAYS_APART = 6.0


@pytest.fixture(scope="module")
def results():
    return list(contest(ROWS))


@pytest.fixture(scope="module")
def means(results):
    return {r.contender: r.run.means for r in results}


@pytest.fixture(scope="module")
def waits(results):
    cases = read_cases("queue", parquet(ROWS))
    return queue_times.tally(cases, as_of=AS_OF).true_counts()["waits"]


def test_every_contender_gives_the_same_mean_waits(means):
    peers = [means[name] for name in means if name not in {OURS, CHECKED}]
    assert len(peers) >= 2
    assert all(peer == pytest.approx(peers[0], abs=1e-6) for peer in peers)
    assert means[OURS] == means[CHECKED] == pytest.approx(peers[0], abs=DAYS_APART)


def test_only_noise_sets_ours_apart(means, waits):
    by_sex = restricted_mean(waits, HORIZON)["mean"]
    peer = means["statsmodels"]
    assert list(by_sex) == pytest.approx([peer["women"], peer["men"]], abs=1e-6)


def test_the_cases_are_the_same_every_time(results):
    first = parquet(ROWS).read_bytes()
    assert write(ROWS).read_bytes() == first


def test_the_tables_hold_every_contender(results):
    shown = tables(results, limit=300)
    assert all(f"| {r.contender} |" in shown for r in results)


def test_who_takes_too_long_is_stopped_and_said_to(results):
    assert measure(["sleep", "60"], limit=0.01) is None
    stopped = [replace(r, run=None) if r.contender == "lifelines" else r for r in results]
    assert "| lifelines | over 300 |" in tables(stopped, limit=300)
