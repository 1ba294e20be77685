"""People are followed to their first unplanned ending, and every number comes of noisy counts."""

from datetime import date, timedelta
from math import isnan

import ibis
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from placement_cases import AS_OF, FIRST, frame, many, placements

from helpers import read_cases
from helpers.data import sample
from helpers.data.codes import FAMILY_HOME
from helpers.disclosure import EVERYONE, Group
from helpers.paths import SAMPLE
from helpers.questions import unplanned_terminations as question
from helpers.questions.asking import UsageProblem
from helpers.questions.gap import Verdict
from helpers.questions.unplanned_terminations import answer, gaps, protect, tally
from helpers.stats import estimate

FORMS = ["HVB", "stödboende", FAMILY_HOME]
RATE = question.RATE.code


def true(cases, table, by=("sex",), as_of=AS_OF, group="all", **cell):
    """Look up the true (n, days) of a cell, or n alone."""
    counts = tally(cases, by, as_of).true_counts()[table]
    for column, value in {"group": group, **cell}.items():
        counts = counts[counts[column] == value]
    [row] = counts.to_dict("records")
    return (row["n"], row["days"]) if "days" in row else row["n"]


def time(*rows, **cell):
    return true(placements(*rows), "time", **cell)


def each(*rows):
    """Give each person's (endings, days), of women."""
    cases = placements(*rows)
    cases = cases.mutate(person=cases.table.person_id)
    counts = tally(cases, ["sex", "person"], AS_OF).true_counts()["time"]
    own = counts[(counts["grouping"] == "person") & (counts["sex"] == "K")]
    return {row["group"]: (row["n"], row["days"]) for row in own.to_dict("records")}


def test_time_placed_is_that_within_the_window():
    found = each(
        ("began before", "K", "HVB", "2021-12-01", "2022-01-11", "planned"),
        ("goes on", "K", "HVB", "2025-12-21", None, None),
        ("ends after", "K", "HVB", "2025-12-21", "2026-06-01", "unplanned"),
        ("ends the last day", "K", "HVB", "2025-12-21", "2025-12-31", "unplanned"),
        ("begins the last day", "K", "HVB", AS_OF, None, None),
        ("ends the first day", "K", "HVB", "2021-01-01", FIRST, "unplanned"),
        ("one day", "K", "HVB", FIRST, FIRST, "unplanned"),
        ("ended before", "K", "HVB", "2021-01-01", "2021-12-31", "unplanned"),
        ("begins after", "K", "HVB", "2026-01-01", None, None),
    )
    assert found == {
        "began before": (0, 10),
        "goes on": (0, 10),
        "ends after": (0, 10),
        "ends the last day": (1, 10),
        "begins the last day": (0, 0),
        "ends the first day": (1, 0),
        "one day": (1, 0),
    }


def test_a_person_is_followed_over_placements_up_to_the_first_unplanned_ending():
    rows = [
        ("a", "K", "HVB", "2022-01-01", "2022-01-11", "planned"),
        ("a", "K", "HVB", "2022-06-01", "2022-06-21", "unplanned"),
        ("a", "K", "HVB", "2023-01-01", "2023-03-01", "unplanned"),
    ]
    tables = tally(placements(*rows), as_of=AS_OF).true_counts()
    of_women = {name: table[table["sex"] == "K"] for name, table in tables.items()}
    assert of_women["time"][["n", "days"]].to_numpy().tolist() == [[1, 30]]
    assert of_women["people"]["n"].tolist() == [1]
    assert of_women["ended"].set_index("ending")["n"].to_dict() == {
        "planned": 1, "unplanned": 2, "ongoing": 0,
    }  # fmt: skip


def test_a_day_in_two_placements_counts_once_and_two_endings_of_a_day_are_one():
    long = ("K", "HVB", "2022-01-01", "2022-01-31", "unplanned")
    within = ("K", "stödboende", "2022-01-11", "2022-01-16", "planned")
    after = ("K", "stödboende", "2022-01-21", "2022-01-31", "unplanned")
    outlasting = ("K", "HVB", "2022-01-01", "2022-12-31", "planned")
    found = each(
        ("a", *long), ("a", *within),
        ("b", *long), ("b", *within), ("b", *after),
        ("c", *within), ("c", *after),
        ("d", *outlasting), ("d", *after),
    )  # fmt: skip
    assert found == {"a": (1, 30), "b": (1, 30), "c": (1, 15), "d": (1, 30)}


def test_an_ending_after_the_longest_time_followed_is_not_counted():
    start, between = date(2022, 1, 1), "2023-02-05"
    last, too_late = (str(start + timedelta(days)) for days in (730, 731))
    found = each(
        ("last", "K", "HVB", start, last, "unplanned"),
        ("too late", "K", "HVB", start, too_late, "unplanned"),
        ("last of two", "K", "HVB", start, between, "planned"),
        ("last of two", "K", "HVB", between, last, "unplanned"),
        ("too late of two", "K", "HVB", start, between, "planned"),
        ("too late of two", "K", "HVB", between, too_late, "unplanned"),
    )
    assert found == {
        "last": (1, 730), "too late": (0, 730),
        "last of two": (1, 730), "too late of two": (0, 730),
    }  # fmt: skip


def test_a_care_form_has_the_time_in_it_and_the_endings_there():
    cases = [
        ("a", "M", "HVB", "2022-01-01", "2022-01-11", "planned"),
        ("a", "M", "HVB", "2022-02-01", "2022-02-11", "planned"),
        ("a", "M", FAMILY_HOME, "2022-03-01", "2022-03-31", "unplanned"),
    ]
    for form, people, rate in (("HVB", 1, (0, 20)), (FAMILY_HOME, 1, (1, 30))):
        own = {"by": ["sex", "care_form"], "group": form, "sex": "M"}
        assert true(placements(*cases), "people", **own) == people
        assert time(*cases, **own) == rate


def test_the_year_is_that_of_the_first_placement_in_the_window():
    cases = [
        ("a", "M", "HVB", "2021-06-01", "2022-01-11", "planned"),
        ("a", "M", "HVB", "2024-02-01", "2024-02-11", "unplanned"),
    ]
    assert time(*cases, by=["sex", "year"], group=2022, sex="M") == (1, 20)


def at_half_a_year(*rows):
    """Give how many had ended unplanned by then, and had not."""
    table = tally(placements(*rows), as_of=AS_OF).true_counts()["unplanned"]
    own = table[(table["sex"] == "K") & (table["landmark"] == 182)].set_index("unplanned")["n"]
    return own[True], own[False]


def test_ended_within_half_a_year_is_on_its_last_day_and_not_later():
    start = date(2022, 1, 1)
    within, later = (str(start + timedelta(days)) for days in (182, 183))
    assert at_half_a_year(
        ("a", "K", "HVB", start, within, "unplanned"), ("b", "K", "HVB", start, later, "unplanned")
    ) == (1, 1)


def test_those_followed_so_long_are_those_begun_so_long_before():
    last, too_late = (str(date.fromisoformat(AS_OF) - timedelta(days)) for days in (182, 181))
    assert at_half_a_year(
        ("a", "K", "HVB", last, last, "unplanned"),
        ("b", "K", "HVB", too_late, too_late, "unplanned"),
    ) == (1, 0)


def test_the_first_placement_begun_in_the_window_is_followed_and_a_planned_ending_competes():
    assert at_half_a_year(
        ("a", "K", "HVB", "2021-12-31", "2022-01-11", "unplanned"),
        ("a", "K", "HVB", "2022-02-01", "2022-02-11", "planned"),
        ("a", "K", "HVB", "2022-03-01", "2022-03-11", "unplanned"),
    ) == (0, 1)


def day_by_day(rows, sex):
    """Count a person's days one at a time, until the first that ends unplanned."""
    ended, days = 0, 0
    for person in {row[0] for row in rows if row[1] == sex}:
        own = [
            (max(start, date(2022, 1, 1)), end or date.max, how)
            for name, _, _, start, end, how in rows
            if name == person and start <= date(2025, 12, 31)
        ]
        day, followed = date(2022, 1, 1), 0
        while day <= date(2025, 12, 31):
            if any(end == day and how == "unplanned" for _, end, how in own):
                ended += followed <= 730
                break
            followed += any(start <= day < end for start, end, _ in own)
            followed -= day == date(2025, 12, 31) and any(s <= day < e for s, e, _ in own)
            day += timedelta(1)
        days += min(followed, 730)
    return ended, days


stays = st.tuples(
    st.sampled_from("abcdefgh"),
    st.sampled_from(FORMS),
    st.dates(date(2021, 1, 1), date(2026, 2, 1)),
    st.one_of(st.none(), st.integers(0, 900)),
    st.sampled_from(["planned", "unplanned"]),
)


LAST = date(2026, 3, 1)
"""Later than the day counted as of."""


def rows_of(drawn):
    return [
        (person, "M" if person in "cg" else "K", form, start,
         None if length is None else min(start + timedelta(length), LAST),
         None if length is None else how)
        for person, form, start, length, how in drawn
    ]  # fmt: skip


@settings(max_examples=5, deadline=None)
@given(st.lists(stays, min_size=15, max_size=30), st.randoms(use_true_random=False))
def test_the_tally_is_that_of_counting_day_by_day_in_any_order(drawn, random):
    rows = rows_of(drawn)
    counts = tally(placements(*rows), ["sex", "care_form"], AS_OF).true_counts()["time"]
    for sex in "KM":
        own = counts[(counts["sex"] == sex) & (counts["group"] == "all")][["n", "days"]]
        assert own.sum().tolist() == list(day_by_day(rows, sex))
        forms = counts[(counts["sex"] == sex) & (counts["group"] != "all")][["n", "days"]]
        assert own.sum().tolist() == forms.sum().tolist()
    table = frame(*rows)
    shuffled = table.iloc[random.sample(range(len(table)), len(table))]
    again = tally(read_cases("placements", shuffled), ["sex", "care_form"], AS_OF)
    pd.testing.assert_frame_equal(again.true_counts()["time"], counts)


def test_only_sums_leave_the_engine(monkeypatch):
    left = []
    to_pandas = ibis.Table.to_pandas

    def watched(table, **options):
        left.append(to_pandas(table, **options))
        return left[-1]

    monkeypatch.setattr(ibis.Table, "to_pandas", watched)
    tally(placements(*many("K", "HVB", 100, 200)), ["sex", "care_form"], AS_OF)
    [cells] = left
    assert (len(cells), cells["n"].sum()) == (2, 200)


def test_the_window_is_four_calendar_years_up_to_the_last_date():
    cases = [
        ("a", "K", "HVB", "2019-01-01", "2020-12-31", "planned"),
        ("b", "K", "HVB", "2019-01-01", "2021-01-01", "planned"),
        ("c", "K", "HVB", "2024-03-01", None, None),
    ]
    tallied = tally(placements(*cases))
    assert tallied.as_of == date(2024, 3, 1)
    assert true(placements(*cases), "people", sex="K", as_of=None) == 2


def test_a_day_may_be_given_as_text():
    assert tally(read_cases("placements"), as_of="2024-06-30").as_of == date(2024, 6, 30)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"by": "sex"}, "by ska vara en lista"),
        ({"by": ["year"]}, "kvinnor jämförs med män"),
        ({"by": ["sex", "age"]}, "Kolumnen age finns inte"),
        ({"as_of": "sista maj"}, "as_of ska vara en dag"),
    ],
)
def test_wrong_use_is_told_in_swedish(wrong, told):
    with pytest.raises(UsageProblem, match=told):
        tally(read_cases("placements"), **wrong)


def test_the_wrong_table_and_a_tally_are_refused():
    with pytest.raises(UsageProblem, match="placements"):
        tally(read_cases("queue"))
    with pytest.raises(UsageProblem, match="gaps tar det som protect ger"):
        gaps(tally(read_cases("placements")))


@pytest.fixture(scope="module")
def tallied():
    return tally(read_cases("placements"), ["sex", "care_form"])


@pytest.fixture(scope="module")
def published(tallied):
    return protect(tallied)


@pytest.fixture(scope="module")
def found(published):
    return gaps(published)


def test_women_are_65_per_cent_of_unplanned_endings_in_family_homes(tallied):
    """The figure once published holds in the rows: 13 of 20, of half the placements."""
    ended = tallied.true_counts()["ended"].query("group == @FAMILY_HOME")
    by_sex = ended.groupby("sex")["n"].sum()
    unplanned = ended[ended["ending"] == "unplanned"].set_index("sex")["n"]
    assert (unplanned["K"], unplanned.sum()) == (13, 20)
    assert round(100 * by_sex["K"] / by_sex.sum()) == 50


def test_the_sample_is_counted_as_its_rows_say(tallied):
    rows = pd.read_csv(SAMPLE / "placements.csv")
    people = tallied.true_counts()["people"].query("group == 'all'").set_index("sex")["n"]
    ended = tallied.true_counts()["ended"].query("group == 'all' and sex != 'total'")
    expected = rows.drop_duplicates("person_id")["sex"].value_counts()
    assert (people["K"], people["M"], people["total"]) == (*expected[["K", "M"]], expected.sum())
    assert ended["n"].sum() == len(rows)
    events = tallied.true_counts()["time"].query("group == 'all'").set_index("sex")["n"]
    unplanned = rows[rows["ending"] == "unplanned"].drop_duplicates("person_id")
    assert events.to_dict() == unplanned["sex"].value_counts().to_dict()


def test_levels_are_noisy_endings_over_whole_years(published, found):
    time = published.tables["time"].set_index(["group", "sex"])
    for gap in found.of(measure=RATE):
        for sex, level in (("K", gap.women), ("M", gap.men)):
            row = time.loc[(gap.group.value, sex)]
            assert level == pytest.approx(100 * row["n"] / row["years"])
        assert gap.estimate == pytest.approx(gap.women / gap.men)
        mover = estimate.ratio(*gap.levels)
        assert (gap.low, gap.high) == pytest.approx((mover.low, mover.high))
    assert found.headline.n_women == published.people("K")


def test_noise_differs_from_the_truth_and_is_the_same_for_the_same_people(tallied, published):
    true_people = tallied.true_counts()["people"]
    assert (published.tables["people"]["n"] != true_people["n"].to_numpy()).any()
    one_form = protect(
        tally(
            placements(*many("K", "HVB", 30, 90), *many("M", "HVB", 30, 90)), ["sex", "care_form"]
        )
    )
    for sex in "KM":
        form = Group("care_form", "HVB")
        assert one_form.people(sex) == one_form.people(sex, form)
        assert one_form.cell("time", sex=sex) == one_form.cell("time", form, sex=sex)
        assert one_form.cell("time", sex=sex) == one_form.cell("ended", sex=sex, ending="unplanned")


def test_no_table_but_time_tells_any(published):
    assert {name for name, table in published.tables.items() if "years" in table} == {"time"}


def test_women_and_men_are_not_swapped(found):
    rows = pd.read_csv(SAMPLE / "placements.csv")
    mirror = rows.assign(sex=rows["sex"].map({"K": "M", "M": "K"}))
    mirrored = gaps(protect(tally(read_cases("placements", mirror))))
    for measure in (question.RATE, question.WITHIN_HALF_YEAR):
        before, after = (each.of(measure=measure.code)[0] for each in (found, mirrored))
        assert (before.women, before.men) == (after.men, after.women)
        assert (before.n_women, before.n_men) == (after.n_men, after.n_women)
    assert mirrored.headline.estimate == pytest.approx(1 / found.headline.estimate)


def test_one_headline_first_and_only_it_has_a_verdict(found):
    assert [gap.headline for gap in found] == [True] + [False] * (len(found) - 1)
    assert all(gap.verdict is None for gap in found[1:])
    assert found.headline.group.is_everyone


def case_mix():
    """Women are where endings are common; within each form they end as often as men's."""
    cells = [("K", "HVB", 200, 400), ("K", "stödboende", 10, 100)]
    cells += [("M", "HVB", 50, 100), ("M", "stödboende", 40, 400)]
    return [row for sex, form, ended, of in cells for row in many(sex, form, ended, of, days=365)]


@pytest.fixture(scope="module")
def mixed():
    return gaps(protect(tally(placements(*case_mix()), ["sex", "care_form"])))


def test_like_is_compared_with_like(mixed):
    assert mixed.headline.estimate > 1.5
    assert mixed.headline.verdict is Verdict.ESTABLISHED
    for measure in (question.POOLED, question.MODELLED):
        [gap] = mixed.of(measure=measure.code)
        assert gap.estimate == pytest.approx(1, abs=0.15)
        assert gap.low < 1 < gap.high
        assert isnan(gap.women)


def test_care_forms_of_one_sex_or_without_a_year_are_left_out(mixed):
    lonely = [*many("M", "familjehem", 30, 60), *many("K", "jour", 20, 40, days=2)]
    cases = placements(*case_mix(), *lonely)
    with_lonely = gaps(protect(tally(cases, ["sex", "care_form"])))
    for measure in (question.POOLED, question.MODELLED):
        [one], [other] = (found.of(measure=measure.code) for found in (with_lonely, mixed))
        assert (one.estimate, one.low) == (other.estimate, other.low)


def test_without_care_form_nothing_is_said_of_it():
    found = gaps(protect(tally(read_cases("placements"), ["sex", "year"])))
    assert not found.of(measure=question.POOLED.code)
    assert [str(gap.group) for gap in found.of(measure=RATE)] == [
        "all",
        *(f"year: {year}" for year in (2022, 2023, 2024, 2025)),
    ]


def test_representation_is_one_share_over_the_other(published, found):
    ended = published.tables["ended"].set_index(["group", "sex", "ending"])["n"].sort_index()
    for group in ("all", FAMILY_HOME):
        women, men = (ended.loc[(group, sex, "unplanned")] for sex in "KM")
        placed = [ended.loc[(group, sex)].sum() for sex in "KM"]
        [gap] = [
            g for g in found.of(measure=question.OVER_PLACEMENTS.code) if g.group.value == group
        ]
        assert gap.women == women / (women + men)
        assert gap.estimate == pytest.approx(gap.women / (placed[0] / sum(placed)))
        assert not gap.has_interval
        years = [published.tables["time"].query("group == @group")["years"].tolist()][0]
        [gap] = [g for g in found.of(measure=question.OVER_DAYS.code) if g.group.value == group]
        assert gap.estimate == pytest.approx(gap.women / (years[0] / sum(years)))


def test_half_the_share_is_read_at_its_landmark(published, found):
    [gap] = found.of(measure=question.WITHIN_HALF_YEAR.code)
    for sex, level in (("K", gap.women), ("M", gap.men)):
        cells = [
            published.cell("unplanned", EVERYONE, sex=sex, landmark=182, unplanned=ended)
            for ended in (True, False)
        ]
        assert level == cells[0] / sum(cells)


@pytest.mark.parametrize("size", [(1, 1), (8, 8), (15, 15), (15, 60), (300, 300)])
def test_towns_of_any_size_are_answered(size):
    found = answer(sample.town(*size, seed=2), sample.AS_OF)
    assert found.headline.verdict in set(Verdict)
    assert (found.headline.verdict is Verdict.TOO_FEW) == (size[0] < 10)
    assert len(found.to_frame()) == len(found)


def test_nobody_in_the_window_is_too_few():
    found = answer(as_of="1999-01-01")
    assert found.headline.verdict is Verdict.TOO_FEW
    assert all(not gap.is_known for gap in found)


def test_no_endings_at_all_set_no_limit():
    cases = placements(*many("K", "HVB", 0, 40, 365), *many("M", "HVB", 0, 40, 365))
    headline = gaps(protect(tally(cases))).headline
    assert (headline.women, headline.men, headline.low) == (0, 0, 0)
    assert headline.verdict is Verdict.NOT_ESTABLISHED


def test_all_women_ending_unplanned_is_established():
    cases = placements(*many("K", "HVB", 60, 60, 200), *many("M", "HVB", 4, 60, 200))
    assert gaps(protect(tally(cases))).headline.verdict is Verdict.ESTABLISHED


def test_the_same_rate_in_many_is_too_small_a_gap_to_matter():
    cases = placements(*many("K", "HVB", 2000, 4000), *many("M", "HVB", 2000, 4000))
    assert gaps(protect(tally(cases))).headline.verdict is Verdict.TOO_SMALL_TO_MATTER
