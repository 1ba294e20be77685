"""Violence found: who is counted and how far it came, what is told, before and after."""

from datetime import date

import pytest
from screening_cases import AS_OF, case, many, tallied

from helpers import read_cases, violence_found
from helpers.disclosure import load_rules
from helpers.questions.asking import UsageProblem
from helpers.questions.gap import Verdict
from helpers.questions.violence_found import STAGES


def true(tally, table, **where):
    rows = tally.true_counts()[table]
    for name, value in ({"grouping": "all", "sex": "K"} | where).items():
        rows = rows[rows[name] == value]
    return int(rows["n"].iloc[0])


def stage(*rows, as_of=AS_OF):
    """How far the one woman's first case came."""
    tally = tallied(*rows, as_of=as_of)
    [found] = [each for each in STAGES if true(tally, "stages", stage=each)]
    assert true(tally, "people") == true(tally, "stages", stage="total") == 1
    return found


@pytest.fixture(scope="module")
def answered(violence_gaps):
    return violence_gaps


def test_three_months_are_90_days_for_asking_and_for_judging():
    in_time = case("p", "2024-06-01", "2024-08-30", "now")
    too_late = case("p", "2024-06-01", "2024-08-31", "now")
    assert stage(in_time) == "found"
    assert stage(too_late) == "not asked"
    assert stage(in_time, as_of="2024-08-29") == "open"
    assert stage(in_time, as_of="2024-08-30") == "found"


def test_who_will_not_answer_has_not_told_and_earlier_violence_is_found():
    assert stage(case("p", asked="2024-06-02", answer="declined")) == "not told"
    assert stage(case("p", asked="2024-06-02", answer="never")) == "not told"
    assert stage(case("p", asked="2024-06-02", answer="earlier")) == "found"


def test_only_the_first_case_in_the_window_counts():
    before = case("p", "2021-12-31", "2021-12-31", "now")
    first, later = case("p", "2022-01-01"), case("p", "2023-01-01", "2023-01-01", "now")
    assert stage(before, first, later) == "not asked"


def test_violence_of_ones_own_is_told_apart_from_violence_suffered():
    asked = {"opened": "2024-06-01", "asked": "2024-06-02"}
    rows = [
        case("p", **asked, answer="never"),
        case("p", **asked, answer="earlier", role="perpetrator", offered=True, accepted=True),
        case("q", **asked, answer="now"),
    ]
    tally = tallied(*rows)
    assert true(tally, "stages", stage="not told") == 1
    assert true(tally, "stages", stage="found") == 1
    assert true(tally, "perpetrators", perpetrators=True) == 1
    assert true(tally, "answers", answer="now") == true(tally, "answers", answer="never") == 1
    assert true(tally, "help", help="accepted") == 0


def test_help_is_counted_of_those_found():
    asked = {"opened": "2024-06-01", "asked": "2024-06-02", "answer": "now"}
    rows = [
        case("p", **asked, offered=True, accepted=True),
        case("q", **asked, offered=True, accepted=False),
        case("r", **asked),
    ]
    tally = tallied(*rows)
    found = {
        each: true(tally, "help", help=each) for each in ("accepted", "offered", "not offered")
    }
    assert found == {"accepted": 1, "offered": 1, "not offered": 1}


def test_nothing_finer_than_age_may_be_asked_for():
    with pytest.raises(UsageProblem, match="bara efter kön och ålder"):
        violence_found.tally(read_cases("screening"), by=["sex", "method"])
    assert not hasattr(violence_found, "over_time")


def test_groups_under_30_are_not_described_though_others_are_from_10():
    enough = violence_found.protect(tallied(*many("K", 10, 20, 22), *many("M", 10, 40, 60)))
    assert load_rules().smallest_group == 10
    assert enough.rules.smallest_group == 30
    assert violence_found.gaps(enough).headline.verdict is Verdict.TOO_FEW


def test_found_is_asked_times_told_and_the_steps_add_up(answered):
    found, asked, told, asking, telling = answered[:5]
    for sex in ("women", "men"):
        product = getattr(asked, sex) * getattr(told, sex)
        assert getattr(found, sex) == pytest.approx(product)
    assert asking.estimate + telling.estimate == pytest.approx(found.estimate)
    assert found.headline


def test_a_gap_in_asking_alone_is_put_on_asking():
    rows = [*many("K", 60, 120, 150), *many("M", 30, 60, 150)]
    asking, telling = violence_found.gaps(violence_found.protect(tallied(*rows)))[3:5]
    assert asking.low > 0.1
    assert telling.low < 0 < telling.high


TRAINED = date(2024, 1, 15)


def test_more_asked_after_a_milestone_is_not_more_told():
    rows = [
        row
        for opened, asked in (("2024-01-14", 60), ("2024-01-15", 120))
        for sex in "KM"
        for row in many(sex, asked // 2, asked, 150, opened)
    ]
    published = violence_found.protect(tallied(*rows, milestones=[TRAINED]))
    for change in violence_found.around(published).to_dict("records"):
        assert change["asking"].low > 0.1
        assert change["telling"].low < 0 < change["telling"].high
        whole = change["asking"].value + change["telling"].value
        assert whole == pytest.approx(change["change"].value)


def test_the_last_three_milestones_of_the_window_are_compared():
    days = [date(2021, 1, 1), *(date(2025, month, 1) for month in (2, 1, 4, 3))]
    table = tallied(*many("K", 1, 2, 3), milestones=days).tables["around"]
    assert table["item"].unique().tolist() == ["2025-02-01", "2025-03-01", "2025-04-01"]


def test_in_the_sample_telling_rises_after_the_training(answered):
    cases = read_cases("screening")
    tally = violence_found.tally(cases, milestones=[TRAINED])
    changes = violence_found.around(violence_found.protect(tally))
    assert all(change.low > 0 for change in changes["telling"])
    assert all(change.low > 0 for change in changes["asking"])
