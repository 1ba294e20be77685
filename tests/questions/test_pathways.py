"""Ways home: who is counted from when, where they are, and what is compared."""

import pytest
from stay_cases import AS_OF, frame, many, stay, tallied, way

from helpers import pathways, read_cases
from helpers.data.problems import DataProblem
from helpers.questions.gap import Verdict
from helpers.questions.pathways import AFTER, STATES
from helpers.stats.multistate import state_occupation


def true(tally, table, **where):
    rows = tally.true_counts()[table]
    for name, value in ({"grouping": "all", "sex": "K"} | where).items():
        rows = rows[rows[name] == value]
    return int(rows["n"].iloc[0])


def state(tally, table):
    """Where the one woman is; None where she is not followed so long."""
    return next((each for each in STATES if true(tally, table, state=each)), None)


@pytest.fixture(scope="module")
def answered(pathway_gaps):
    return pathway_gaps


WAY = way(
    "p",
    "2023-01-01",
    ("family_home", "2023-01-01", "2023-07-15", "unplanned"),
    ("no_home", "2023-07-15", "2023-09-01", None),
    ("own_contract", "2023-09-01"),
)


def test_where_somebody_is_at_each_time_after_the_institution():
    tally = tallied(*WAY)
    assert [state(tally, name) for name in AFTER] == ["family_home", *["own_contract"] * 2]
    assert true(tally, "routes", via="family_home", end="own_contract") == 1
    assert true(tally, "family_home", ending="unplanned") == 1
    assert true(tally, "contracted", landmark=182, contracted=False) == 1
    assert true(tally, "contracted", landmark=365, contracted=True) == 1
    assert tally.means.iloc[0]["value"] == 243


@pytest.mark.parametrize(
    ("as_of", "found"),
    [
        ("2023-07-01", [None, None, None]),
        ("2023-07-02", ["no_home", None, None]),
        ("2024-12-30", ["no_home", "own_contract", None]),
        ("2024-12-31", ["no_home", "own_contract", "own_contract"]),
    ],
)
def test_each_time_counts_from_its_own_day_on(as_of, found):
    rows = way(
        "p",
        "2023-01-01",
        ("family_home", "2023-01-01", "2023-07-02", None),
        ("no_home", "2023-07-02", "2023-09-01", None),
        ("own_contract", "2023-09-01"),
    )
    tally = tallied(*rows, as_of=as_of)
    assert [state(tally, name) for name in AFTER] == found


def test_a_person_counts_from_the_first_institution_left_in_the_window():
    rows = [
        stay("p", "institution", "2020-01-01", "2021-12-31", "planned"),
        stay("p", "own_contract", "2021-12-31", "2022-06-01", "planned"),
        stay("p", "institution", "2022-06-01", "2022-09-01", "planned"),
        stay("p", "trial_flat", "2022-09-01"),
    ]
    tally = tallied(*rows)
    assert true(tally, "people") == 1
    assert state(tally, "after_6") == "trial_flat"
    assert true(tally, "returned", landmark=365, returned=False) == 1


def test_who_was_already_under_way_is_counted_apart():
    rows = [*WAY, stay("q", "trial_flat", "2022-03-01"), stay("r", "institution", "2022-03-01")]
    tally = tallied(*rows)
    assert true(tally, "people") == 1
    assert true(tally, "entered", entered="entered") == 1
    assert true(tally, "entered", entered="ongoing") == 1


def test_a_day_without_a_stay_is_not_known_and_a_return_is_counted():
    rows = way("p", "2023-01-01", ("institution", "2023-10-01", "2023-12-01", "planned"))
    tally = tallied(*rows)
    assert [state(tally, name) for name in AFTER] == ["unknown"] * 3
    assert true(tally, "returned", landmark=365, returned=True) == 1


def test_a_stay_that_ends_later_than_the_day_goes_on():
    tally = tallied(*WAY, as_of="2023-06-30")
    assert true(tally, "family_home", ending="ongoing") == 1


def test_overlapping_stays_are_refused_with_their_number():
    rows = [*WAY, stay("p", "trial_flat", "2023-08-31", "2023-09-01")]
    with pytest.raises(DataProblem, match=r"börjar innan personens förra vistelse är slut \(\d"):
        read_cases("stays", frame(*rows))


def test_tables_agree_on_the_same_people(answered):
    published = answered.published
    for sex in ("K", "M"):
        assert published.cell("people", sex=sex) == published.cell(
            "entered", sex=sex, entered="entered"
        )


def test_the_headline_is_the_plain_share_at_24_months(answered):
    headline, published = answered.headline, answered.published
    has, rest = (published.cell("own_24", sex="K", own=own) for own in (True, False))
    assert headline.women == pytest.approx(has / (has + rest))
    assert headline.verdict is Verdict.NOT_ESTABLISHED


def test_a_large_gap_is_established_and_in_days_too():
    found = pathways.gaps(pathways.protect(tallied(*many("K", 20, 100), *many("M", 70, 100))))
    days = found.of(measure="days to own contract")[0]
    assert found.headline.verdict is Verdict.ESTABLISHED
    assert days.low > 200
    assert days.women > 500 > days.men


def test_few_are_not_described_and_nothing_breaks():
    found = pathways.gaps(pathways.protect(tallied(*many("K", 2, 4), *many("M", 20, 40))))
    assert found.headline.verdict is Verdict.TOO_FEW


def test_aalen_johansen_of_those_all_followed_is_the_published_share_without_noise():
    rows = [*many("K", 6, 20), *WAY]
    cases = read_cases("stays", frame(*rows))
    found = state_occupation(pathways.spells(cases, AS_OF))
    at = found[found["time"] <= 730].groupby("state")["share"].last()
    tally = tallied(*rows)
    for place in ("own_contract", "no_home"):
        assert at[place] == pytest.approx(true(tally, "after_24", state=place) / 21)


def test_a_hole_between_stays_is_a_spell_of_its_own():
    rows = way(
        "p",
        "2023-01-01",
        ("trial_flat", "2023-01-11", "2023-02-01", "planned"),
        ("own_contract", "2023-02-01"),
    )
    spells = pathways.spells(read_cases("stays", frame(*rows)), "2023-03-01")
    assert spells["from"].tolist() == ["unknown", "trial_flat", "own_contract"]
    assert spells[["start", "stop"]].to_numpy().tolist() == [[0, 10], [10, 31], [31, 59]]
