"""Queue times: who is counted, what is true of the sample, and what is said of wrong use."""

from dataclasses import replace
from datetime import date
from math import isinf

import numpy as np
import pandas as pd
import pytest
from ibis import _

from helpers import queue_times, read_cases
from helpers.data import sample
from helpers.disclosure import TOTAL, Group, Secret
from helpers.problem import Problem
from helpers.questions.asking import UsageProblem
from helpers.questions.gap import Verdict

AS_OF = date(2025, 12, 31)


def case(person, decided="2025-01-01", access=None, left=None, sex="K", children=False, number=1):
    return {
        "case_id": f"{person}-{number}",
        "person_id": person,
        "sex": sex,
        "has_children": children,
        "decided_on": decided,
        "access_on": access,
        "left_on": left,
        "left_reason": None,
    }


def tallied(*rows, by=("sex",), as_of=AS_OF):
    frame = pd.DataFrame(rows)
    for column in ("decided_on", "access_on", "left_on"):
        frame[column] = pd.to_datetime(frame[column])
    return queue_times.tally(read_cases("queue", frame), by=list(by), as_of=as_of)


def true(tally, table, **where):
    rows = tally.true_counts()[table]
    for name, value in ({"grouping": "all", "sex": "K"} | where).items():
        rows = rows[rows[name] == value]
    return int(rows["n"].iloc[0])


def mean(tally, measure="restricted mean wait", sex="K"):
    means = tally.means
    return means[(means["measure"] == measure) & (means["sex"] == sex)]["value"].iloc[0]


@pytest.fixture(scope="module")
def sample_tally():
    return queue_times.tally(read_cases("queue"), by=["sex", "has_children"])


def test_only_the_first_decision_of_a_person_counts():
    tally = tallied(
        case("a", "2025-02-01", access="2025-02-11"),
        case("a", "2025-06-01", number=2),
    )
    assert true(tally, "people") == 1
    assert true(tally, "ended", end="access") == 1


def test_what_happens_after_the_day_is_not_known():
    tally = tallied(case("a", "2025-01-01", access="2025-06-01"), as_of=date(2025, 5, 31))
    assert true(tally, "ended", end="waiting") == 1
    assert mean(tally) == 365  # still waiting, held at its last value


def test_access_on_the_day_itself_is_known():
    tally = tallied(case("a", "2025-01-01", access="2025-05-31"), as_of=date(2025, 5, 31))
    assert true(tally, "ended", end="access") == 1


def test_a_decision_after_the_day_is_left_out():
    tally = tallied(case("a", "2025-01-01"), case("b", "2025-03-02"), as_of=date(2025, 3, 1))
    assert true(tally, "people") == 1


@pytest.mark.parametrize(("days", "housed"), [(91, True), (92, False)])
def test_housed_by_a_landmark_means_on_that_day_at_the_latest(days, housed):
    decided = date(2025, 1, 1)
    access = pd.Timestamp(decided) + pd.Timedelta(days, "D")
    tally = tallied(case("a", str(decided), access=access))
    assert true(tally, "housed", landmark=91, housed=housed) == 1


@pytest.mark.parametrize(("decided", "n"), [("2025-10-01", 1), ("2025-10-02", 0)])
def test_a_landmark_counts_those_followed_so_long(decided, n):
    """From 1 October 2025 to the last of December are 91 days."""
    tally = tallied(case("a", decided))
    counted = [true(tally, "housed", landmark=91, housed=value) for value in (True, False)]
    assert sum(counted) == n


def test_who_has_left_is_not_housed():
    tally = tallied(case("a", "2024-01-01", left="2024-02-01"))
    assert true(tally, "housed", landmark=730, housed=False) == 1


def test_the_mean_within_a_year_counts_those_who_still_wait():
    """Housed after 100 days, and still waiting after 365: the mean is (100 + 365) / 2."""
    tally = tallied(case("a", "2024-12-31", access="2025-04-10"), case("b", "2024-01-01"))
    assert mean(tally) == pytest.approx((100 + 365) / 2)


def test_completed_waits_count_for_two_years_at_most():
    tally = tallied(
        case("a", "2022-01-01", access="2025-01-01"), case("b", "2025-01-01", access="2025-01-11")
    )
    assert mean(tally, "mean completed wait") == (730 + 10) / 2


def test_the_published_38_per_cent_is_the_uncapped_rows_of_those_without_children(sample_tally):
    waits = sample_tally.true_counts()["waits"]
    own = waits[(waits["event"] == 1) & ~waits["has_children"]]
    means = {
        sex: (rows["time"] * rows["n"]).sum() / rows["n"].sum() for sex, rows in own.groupby("sex")
    }
    assert round(100 * (means["K"] / means["M"] - 1)) == 38


def test_the_sample_counts_its_persons_once(sample_tally):
    frame = read_cases("queue").to_pandas()
    assert true(sample_tally, "people", sex=TOTAL) == frame["person_id"].nunique()


def test_the_same_people_give_the_same_number_in_every_table(sample_tally):
    published = queue_times.protect(sample_tally)
    for group in published.groups():
        for sex in ("K", "M"):
            ended = published.cell("ended", group, sex=sex, end=TOTAL)
            assert ended == published.cell("people", group, sex=sex)


def test_gaps_are_the_women_first(sample_gaps):
    """Women without children wait longer in the sample; the difference is women minus men."""
    gap = sample_gaps.of(measure="restricted mean wait", group="has_children: False")[0]
    assert gap.women > gap.men
    assert gap.estimate == gap.women - gap.men
    assert gap.low < gap.estimate < gap.high


def test_only_the_headline_is_judged(sample_gaps):
    assert [gap.verdict is not None for gap in sample_gaps].count(True) == 1
    assert sample_gaps.headline is sample_gaps[0]


def test_the_frame_has_a_row_a_gap_in_english(sample_gaps):
    frame = sample_gaps.to_frame()
    assert list(frame.columns) == [
        "question", "measure", "group", "contrast", "women", "men", "estimate",
        "low", "high", "n_women", "n_men", "verdict", "headline",
    ]  # fmt: skip
    assert set(frame["group"]) == {"all", "has_children: False", "has_children: True"}
    assert "restricted mean wait" in repr(sample_gaps)


def test_any_column_gives_its_groups():
    cases = read_cases("queue")
    published = queue_times.protect(queue_times.tally(cases, by=["sex", "year"]))
    gaps = queue_times.gaps(published)
    assert {str(gap.group) for gap in gaps} == {"all", *(f"year: {y}" for y in range(2022, 2026))}
    assert {gap.measure.code for gap in gaps.of(group="year")} == {
        "housed within 6 months",
        "median wait",
    }


def test_an_added_column_gives_its_groups_too():
    cases = read_cases("queue")
    late = cases.mutate(late=cases.table.decided_on.year() > 2023)
    gaps = queue_times.gaps(queue_times.protect(queue_times.tally(late, by=["sex", "late"])))
    assert {"late: False", "late: True"} < {str(gap.group) for gap in gaps}


def test_a_median_that_is_not_reached_is_open():
    rows = [case(f"p{n}", "2022-01-01", sex=sex) for n in range(40) for sex in "KM"]
    rows = [{**row, "case_id": n, "person_id": f"{n}"} for n, row in enumerate(rows)]
    gaps = queue_times.gaps(queue_times.protect(tallied(*rows)))
    median = gaps.of(measure="median wait")[0]
    assert isinf(median.women)
    assert median.estimate != median.estimate


@pytest.mark.parametrize(("women", "men"), [(1, 1), (3, 8), (12, 15), (40, 2)])
def test_a_town_of_any_size_is_answered(women, men):
    gaps = queue_times.answer(sample.town(women, men, seed=7), as_of=AS_OF)
    assert gaps.headline.verdict in Verdict
    if min(women, men) < 4:
        assert gaps.headline.verdict is Verdict.TOO_FEW


def test_a_small_town_shows_everyone_only():
    published = queue_times.protect(
        queue_times.tally(read_cases("queue", sample.town(20, 30, seed=1)), ["sex", "has_children"])
    )
    assert published.groups() == [Group()]
    assert published.left_out == ("has_children",)


@pytest.mark.parametrize(
    ("by", "said"),
    [
        ("sex", "ska vara en lista"),
        (["year"], 'måste ha med "sex"'),
        (["sex", "shoe_size"], "shoe_size finns inte"),
        (["sex", "person_id"], "en enda person"),
        (["sex", "decided_on"], "en enda person"),
    ],
)
def test_wrong_groupings_are_told(by, said):
    with pytest.raises(UsageProblem, match=said):
        queue_times.tally(read_cases("queue"), by=by)


def test_a_day_may_be_text_but_not_any_text():
    cases = read_cases("queue")
    assert queue_times.tally(cases, as_of="2024-12-31").as_of == date(2024, 12, 31)
    with pytest.raises(UsageProblem, match="as_of ska vara en dag"):
        queue_times.tally(cases, as_of="nyss")
    with pytest.raises(UsageProblem, match="as_of ska vara en dag"):
        queue_times.tally(cases, as_of="2024-12-31hej")


def test_the_wrong_table_and_the_wrong_step_are_told(sample_tally):
    with pytest.raises(UsageProblem, match='read_cases\\("queue"\\)'):
        queue_times.tally(read_cases("survey"))
    with pytest.raises(UsageProblem, match="protect"):
        queue_times.gaps(sample_tally)


@pytest.mark.parametrize("name", ["n", "key", "time", "end"])
def test_an_own_column_by_a_name_in_use_is_told(name):
    cases = read_cases("queue").mutate(**{name: _.decided_on.year()})
    with pytest.raises(UsageProblem, match="Byt namn"):
        queue_times.tally(cases, by=["sex", name])


def test_what_an_own_expression_trips_over_is_not_repeated():
    cases = read_cases("queue").mutate(number=_.case_id.cast("int64"))
    with pytest.raises(UsageProblem, match="går uttrycket inte att räkna ut") as problem:
        queue_times.tally(cases, by=["sex", "number"])
    assert problem.value.__suppress_context__
    assert "B0" not in str(problem.value)


def test_protect_takes_a_tally_alone(sample_gaps):
    with pytest.raises(Problem, match="protect tar det som tally ger"):
        queue_times.protect(sample_gaps.published)


def test_an_analyst_finds_the_verbs_and_nothing_else():
    assert dir(queue_times) == ["answer", "gaps", "over_time", "protect", "tally"]


def test_means_of_too_few_are_not_published_at_all():
    published = queue_times.protect(
        queue_times.tally(read_cases("queue", sample.town(3, 60, seed=5)), as_of=AS_OF)
    )
    few = published.means["n"] < published.rules.smallest_mean
    assert few.any()
    assert published.means.loc[few, "value"].isna().all()
    assert published.means.loc[~few, "value"].notna().all()


def test_two_means_of_the_same_people_and_days_have_noise_of_their_own():
    """Everybody is housed within a year, so both means are of the same waits."""
    rows = [
        case(f"p{n}{sex}", "2023-01-01", access=f"2023-0{1 + n % 9}-1{n % 9}", sex=sex)
        for n in range(30)
        for sex in "KM"
    ]
    tally = tallied(*rows)
    values = queue_times.protect(tally).means
    noise = (values["value"] - tally.means["value"]) / values["noise"]
    within, completed = (
        noise[values["measure"] == name].to_numpy()
        for name in ("restricted mean wait", "mean completed wait")
    )
    assert (abs(within - completed) > 0.1).all()


def test_nobody_is_said_to_wait_longer_than_they_have_been_followed():
    """All were decided on half a year ago, and still wait."""
    rows = [case(f"p{n}{sex}", "2025-06-01", sex=sex) for n in range(40) for sex in "KM"]
    gaps = queue_times.gaps(queue_times.protect(tallied(*rows)))
    assert not gaps.of(measure="median wait")[0].is_known
    assert gaps.headline.verdict is Verdict.TOO_FEW


def test_the_noise_of_a_mean_is_three_quarters_of_a_year_in_persons(sample_tally):
    """Its standard deviation is 3 · 365/4 days over the noisy count, by keys of many towns."""
    drawn = []
    for number in range(100):
        tally = replace(sample_tally, secret=Secret(bytes([number]) * 32))
        values = queue_times.protect(tally).means
        within = values[(values["measure"] == "restricted mean wait")]
        assert (within["noise"] == 3 * 365 / 4 / within["n"]).all()
        true = tally.means.loc[within.index, "value"]
        drawn += list((within["value"] - true) / within["noise"])
    assert np.mean(drawn) == pytest.approx(0, abs=0.2)
    assert np.std(drawn) == pytest.approx(1, abs=0.1)
