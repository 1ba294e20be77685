"""Goals: who is counted and how it went, in which areas, and what is compared."""

import pandas as pd
import pytest
from goal_cases import AS_OF, goal, many, tallied

from helpers import goals, read_cases
from helpers.data import sample
from helpers.paths import SAMPLE
from helpers.questions.asking import UsageProblem
from helpers.questions.gap import Verdict
from helpers.questions.goals import AREAS, OUTCOMES


def true(tally, table, **where):
    rows = tally.true_counts()[table]
    for name, value in ({"grouping": "all", "sex": "K"} | where).items():
        rows = rows[rows[name] == value]
    return int(rows["n"].iloc[0])


def outcome(*rows, as_of=AS_OF):
    """What became of the one woman's first plan."""
    tally = tallied(*rows, as_of=as_of)
    states = [*OUTCOMES, "waiting"]
    [found] = [each for each in states if true(tally, "outcomes", outcome=each)]
    assert true(tally, "people") == true(tally, "outcomes", outcome="total") == 1
    return found


@pytest.fixture(scope="module")
def answered(goal_gaps):
    return goal_gaps


@pytest.mark.parametrize(
    ("reached", "found"), [("2024-12-31", "reached"), ("2025-01-01", "not yet")]
)
def test_a_goal_is_reached_in_time_on_its_365th_day(reached, found):
    assert outcome(goal("p", "2024-01-01", reached=reached)) == found


@pytest.mark.parametrize(("as_of", "found"), [("2024-12-30", "waiting"), ("2024-12-31", "reached")])
def test_a_plan_is_followed_for_365_days_before_it_counts(as_of, found):
    assert outcome(goal("p", "2024-01-01", reached="2024-02-01"), as_of=as_of) == found


def test_one_reached_goal_is_enough_and_one_left_is_not_given_up():
    plan = "2024-01-01"
    dropped = goal("p", plan, "family", dropped="2024-03-01")
    left, reached = goal("p", plan), goal("p", plan, "own_home", reached="2024-03-01")
    assert outcome(dropped) == "dropped"
    assert outcome(dropped, left) == "not yet"
    assert outcome(dropped, left, reached) == "reached"


def test_later_plans_are_not_of_the_first_but_give_a_goal_in_their_area():
    first, later = goal("p", "2022-01-01"), goal("p", "2023-01-01", "family", reached="2023-02-01")
    assert outcome(first, later) == "not yet"
    tally = tallied(first, later)
    assert true(tally, "areas", item="family", has=True) == 1
    assert true(tally, "within", item="family", outcome="reached") == 1


@pytest.mark.parametrize(("plan", "counted"), [("2021-12-31", 0), ("2022-01-01", 1)])
def test_the_window_is_four_calendar_years(plan, counted):
    tally = tallied(goal("p", plan), goal("q", "2024-01-01", sex="M"))
    assert true(tally, "people") == counted


def test_each_person_counts_once_in_an_area_and_once_in_the_two_of_work():
    rows = [
        goal("p", "2024-01-01", "occupation"),
        goal("p", "2024-02-01", "occupation", reached="2024-03-01"),
        goal("p", "2024-03-01", "employment", reached="2024-04-01"),
        goal("q", "2024-01-01"),
    ]
    tally = tallied(*rows)
    has = {item: true(tally, "areas", item=item, has=True) for item in AREAS}
    assert has == dict.fromkeys(AREAS, 0) | {
        "occupation": 1,
        "employment": 1,
        "work": 1,
        "health": 1,
    }
    assert true(tally, "areas", item="work", has=False) == 1
    assert true(tally, "within", item="work", outcome="not yet") == 1
    assert true(tally, "within", item="employment", outcome="reached") == 1


def test_who_has_no_goal_in_an_area_has_the_keys_of_everyone_else():
    tally = tallied(goal("p", "2024-01-01"), goal("q", "2024-01-01", "family"))
    other = tallied(goal("q", "2024-01-01", "family"))
    without = tally.tables["areas"].query("sex == 'K' and item == 'health' and not has")
    alone = other.tables["people"].query("grouping == 'all' and sex == 'K'")
    assert without[["n", "key"]].to_numpy().tolist() == alone[["n", "key"]].to_numpy().tolist()


def test_the_first_goal_of_each_wording_counts_for_it():
    rows = [
        goal("p", "2024-01-01", reached="2024-02-01", wording="person"),
        goal("p", "2024-01-01"),
    ]
    tally = tallied(*rows)
    assert true(tally, "worded", item="person", outcome="reached") == 1
    assert true(tally, "worded", item="staff", outcome="not yet") == 1


@pytest.mark.parametrize(
    ("born", "group"),
    [(1995, "0–29 år"), (1994, "30–49 år"), (1975, "30–49 år"), (1974, "50 år och äldre")],
)
def test_age_is_that_of_the_year_of_the_plan(born, group):
    tally = tallied(goal("p", "2024-06-01", birth_year=born), by=["sex", "age_group"])
    assert true(tally, "people", grouping="age_group", group=group) == 1


def test_every_group_has_all_its_cells_of_0_if_need_be():
    table = tallied(goal("p", "2025-06-01")).tables["reached"]
    assert len(table) == 4 and table["n"].sum() == 0


def test_tables_agree_on_the_same_people(answered):
    published = answered.published
    for sex in ("K", "M", "total"):
        whole = published.cell("outcomes", sex=sex, outcome="total")
        assert published.cell("people", sex=sex) == whole


def test_the_headline_is_the_share_of_those_followed_for_a_year(answered):
    headline, published = answered.headline, answered.published
    counts = [published.cell("outcomes", sex="K", outcome=each) for each in OUTCOMES]
    assert headline.women == pytest.approx(counts[0] / sum(counts))
    assert headline.n_women == sum(counts)
    assert headline.verdict is Verdict.NOT_ESTABLISHED


def test_in_the_sample_men_and_women_have_the_goals_that_the_source_says(answered):
    gaps = {gap.measure.code: gap for gap in answered}
    of_men, of_women = (
        ("sobriety", "employment", "driving_licence"),
        ("own_home", "health", "family"),
    )
    for item in (*of_men, *of_women, "occupation"):
        gap = gaps[f"has a goal: {item}"]
        assert (gap.estimate < 0) == (item in of_men), item
        assert gap.p_value < 0.05, item
    assert gaps["has a goal: work"].low < 0 < gaps["has a goal: work"].high


def test_p_values_are_of_the_eight_areas_together(answered):
    tested = [gap for gap in answered if gap.p_value == gap.p_value]
    assert len(tested) == 8
    assert all(gap.measure.code.startswith("has a goal") for gap in tested)


def test_age_held_equal_takes_away_a_gap_that_is_of_age_alone():
    young, old = {"birth_year": 2000}, {"birth_year": 1960}
    rows = [
        *many("K", 80, 100, **young), *many("M", 40, 50, **young),
        *[row | {"person_id": f"o{row['person_id']}"} for row in many("K", 10, 50, **old)],
        *[row | {"person_id": f"o{row['person_id']}"} for row in many("M", 20, 100, **old)],
    ]  # fmt: skip
    found = goals.gaps(goals.protect(tallied(*rows)))
    plain, equal = found[0], found[1]
    assert plain.low > 0.05
    assert equal.low < 0 < equal.high


def test_few_women_are_not_described_and_nothing_breaks():
    found = goals.gaps(goals.protect(tallied(*many("K", 2, 3), *many("M", 20, 40))))
    assert found.headline.verdict is Verdict.TOO_FEW
    assert not any(gap.is_known for gap in found)


def test_order_of_rows_changes_nothing(answered):
    turned = read_cases("goals", pd.read_csv(SAMPLE / "goals.csv", dtype=str).iloc[::-1])
    again = goals.protect(goals.tally(turned, ["sex", "age_group"]))
    for name, table in answered.published.tables.items():
        pd.testing.assert_frame_equal(table, again.tables[name])


def test_a_grouping_that_tells_one_person_is_refused():
    with pytest.raises(UsageProblem, match="goal_id"):
        goals.tally(read_cases("goals"), by=["sex", "goal_id"])


def test_without_a_gap_no_town_is_told_of_one_by_its_size():
    town = sample.town(30, 60, seed=2, gap=False)
    assert goals.answer(town, sample.AS_OF).headline.verdict is not Verdict.ESTABLISHED
