"""Endings and days are counted right wherever the rows lie, and no small number is shown."""

from datetime import date, timedelta

import duckdb
import ibis
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lifelines import KaplanMeierFitter
from placement_cases import DATES, placements, safe
from scipy.stats import binom

from helpers.data.codes import FAMILY_HOME
from helpers.disclosure import TOTAL, Hidden, Rules
from helpers.disclosure.attack import attack
from helpers.disclosure.told import facts
from helpers.paths import SAMPLE
from helpers.questions import unplanned_terminations as question
from helpers.questions.gap import Verdict
from helpers.questions.unplanned_terminations import Window, follow, gap, protect, tally

WITHIN = Window(date(2022, 3, 1), date(2023, 6, 30))
SAMPLED = Window(date(2022, 1, 1), date(2025, 12, 31))
ONGOING, UNPLANNED, PLANNED = 0, 1, 2
FORMS = ["HVB", "stödboende", FAMILY_HOME]
MEASURES = ["placements", "unplanned", "days"]

COLUMNS = ["placement_id", "sex", "care_form", "started_on", "ended_on", "ending"]
CASES = pd.DataFrame(
    [
        ("A", "K", "HVB", "2021-12-01", "2022-03-11", "unplanned"),  # from 1 March: 10 days
        ("B", "K", "HVB", "2022-12-22", "2023-01-01", "unplanned"),  # 10 days, ends next year
        ("C", "K", "HVB", "2023-06-20", None, None),  # goes on: 10 days
        ("D", "M", "HVB", "2022-05-01", "2022-05-01", "unplanned"),  # no days, an ending
        ("E", "M", "HVB", "2022-05-01", "2022-05-31", "planned"),  # 30 days
        ("F", "M", FAMILY_HOME, "2023-01-01", "2024-01-01", "unplanned"),  # not yet ended
        ("G", "M", "HVB", "2021-01-01", "2022-02-28", "unplanned"),  # ended before
        ("H", "M", "HVB", "2023-07-01", None, None),  # begins after
        ("I", "K", FAMILY_HOME, "2021-01-01", "2022-03-01", "unplanned"),  # ends the first day
    ],
    columns=COLUMNS,
).assign(planned_end_on="2024-12-31", person_id=list("aacdefghi"))
TALLIED = [
    ("K", "HVB", 2022, 2, 0, 1, 20, 20),
    ("K", "HVB", 2023, 1, 1, 1, 10, 10),
    ("K", FAMILY_HOME, 2022, 1, 0, 1, 0, 0),
    ("M", "HVB", 2022, 2, 0, 1, 30, 30),
    ("M", FAMILY_HOME, 2023, 1, 0, 0, 180, 180),
]
FOLLOWED = [
    ("K", False, 101.5, UNPLANNED, 1),  # 100 days, from its own start
    ("K", False, 423.5, UNPLANNED, 1),
    ("K", True, 10.5, ONGOING, 1),
    ("K", True, 10.5, UNPLANNED, 1),
    ("M", True, 3.5, UNPLANNED, 1),
    ("M", True, 31.5, PLANNED, 1),
    ("M", True, 178.5, ONGOING, 1),
]


def rows(counts):
    return list(counts.itertuples(index=False, name=None))


def test_a_small_table_counted_by_hand():
    counts = tally(placements(CASES), WITHIN)
    expected = ["sex", "care_form", "year", "entered", "carried", "unplanned", "days", "largest"]
    assert list(counts) == expected
    assert rows(counts) == TALLIED


def test_durations_counted_by_hand():
    counts = follow(placements(CASES), WITHIN)
    assert list(counts) == ["sex", "is_new", "time", "event", "n"]
    assert rows(counts) == FOLLOWED


@pytest.fixture(params=["csv", "parquet", "database"])
def elsewhere(request, tmp_path):
    """The hand-made cases in a file or a database."""
    path, engine = tmp_path / f"placements.{request.param}", ibis.duckdb.connect()
    if request.param == "csv":
        CASES.to_csv(path, index=False)
        return engine.read_csv(path)
    if request.param == "parquet":
        placements(CASES).to_parquet(path)
        return engine.read_parquet(path)
    frame = CASES.astype(dict.fromkeys(DATES, "datetime64[s]"))  # noqa: F841 - read by name
    with duckdb.connect(path) as database:
        dates = ", ".join(f"{column}::date AS {column}" for column in DATES)
        others = ", ".join(c for c in CASES.columns if c not in DATES)
        database.execute(f"CREATE TABLE placements AS SELECT {others}, {dates} FROM frame")
    return ibis.duckdb.connect(path).table("placements")


def test_the_same_expressions_give_the_same_counts_anywhere(elsewhere):
    assert rows(tally(elsewhere, WITHIN)) == TALLIED
    assert rows(follow(elsewhere, WITHIN)) == FOLLOWED


def test_only_sums_leave_the_engine(monkeypatch):
    left = []
    to_pandas = ibis.Table.to_pandas

    def watched(table, **options):
        left.append(to_pandas(table, **options))
        return left[-1]

    monkeypatch.setattr(ibis.Table, "to_pandas", watched)
    tally(placements(pd.concat([CASES] * 50)), WITHIN)
    [counts] = left
    assert len(counts) == len(TALLIED)
    assert counts["entered"].sum() == 7 * 50


def test_the_window_is_the_calendar_years_up_to_the_latest_date():
    assert question.window(placements(CASES)) == Window(date(2021, 1, 1), date(2024, 1, 1))
    one = question.window(placements(CASES), years=1)
    assert (one.start, list(one.years)) == (date(2024, 1, 1), [2024])


def test_a_table_without_dates_asks_for_the_window():
    with pytest.raises(ValueError, match="Ange vilken tid uppgifterna gäller"):
        question.window(placements(CASES.head(0)))


def test_nothing_is_counted_of_an_empty_table():
    assert tally(placements(CASES.head(0)), WITHIN).empty
    assert follow(placements(CASES.head(0)), WITHIN).empty


days = st.dates(date(2021, 1, 1), date(2025, 6, 1))
stays = st.tuples(
    st.sampled_from("KM"),
    st.sampled_from(FORMS),
    days,
    st.one_of(st.none(), st.integers(0, 700)),
    st.sampled_from(["planned", "unplanned"]),
)


def frame(drawn):
    made = []
    for number, (sex, form, start, length, how) in enumerate(drawn):
        end = None if length is None else start + timedelta(length)
        made.append((f"L{number}", sex, form, start, end, end and how))
    table = pd.DataFrame(made, columns=COLUMNS)
    return table.assign(planned_end_on=date(2026, 1, 1), person_id=table["placement_id"])


def day_by_day(cases, within):
    """Count one day at a time: the days each placement goes on, and the day it ends."""
    counted = {}
    for case in cases.to_dict("records"):
        end = case["ended_on"] or date.max
        if case["started_on"] > within.as_of or end < within.start:
            continue
        key = (case["sex"], case["care_form"])
        day = max(case["started_on"], within.start)
        while day < min(end, within.as_of):
            counted[(*key, day.year, "days")] = counted.get((*key, day.year, "days"), 0) + 1
            day += timedelta(1)
        if end <= within.as_of and case["ending"] == "unplanned":
            counted[(*key, end.year, "unplanned")] = (
                counted.get((*key, end.year, "unplanned"), 0) + 1
            )
    return counted


@settings(max_examples=15, deadline=None)
@given(st.lists(stays, min_size=1, max_size=12), st.randoms(use_true_random=False))
def test_the_tally_is_that_of_counting_day_by_day_in_any_order(drawn, random):
    cases, within = frame(drawn), Window(date(2022, 3, 1), date(2024, 10, 1))
    counts = tally(placements(cases), within)
    long = counts.melt(["sex", "care_form", "year"], ["days", "unplanned"])
    found = {tuple(row[:4]): row[4] for row in long.itertuples(index=False) if row[4]}
    assert found == day_by_day(cases, within)
    followed = follow(placements(cases), within)
    assert counts["entered"].sum() == followed["n"].sum()
    assert counts["unplanned"].sum() == followed.loc[followed["event"] == UNPLANNED, "n"].sum()
    shuffled = cases.iloc[random.sample(range(len(cases)), len(cases))]
    pd.testing.assert_frame_equal(tally(placements(shuffled), within), counts)


def test_placements_carried_over_are_those_that_entered_and_have_not_ended():
    counts = tally(placements(CASES), WITHIN)
    assert counts.loc[counts["year"] == 2022, "carried"].sum() == 0
    assert counts["entered"].sum() == 7


@pytest.fixture(scope="module")
def cases():
    return pd.read_csv(SAMPLE / "placements.csv", parse_dates=DATES)


@pytest.fixture(scope="module")
def sample(cases):
    return safe(cases, SAMPLED)


def is_small(number):
    return not isinstance(number, Hidden) and 0 < number < Rules().min_count


def test_the_sample_is_shown_without_holes(sample):
    for table in (sample.rates.by_form, sample.rates.by_period):
        numbers = table.drop(columns=["sex", "group"]).to_numpy(object).ravel()
        assert not any(isinstance(number, Hidden) or is_small(number) for number in numbers)
    assert sample.rates.joined == ("HVB", "stödboende")
    assert question.care_forms(sample.rates)[0] == TOTAL
    assert question.care_forms(sample.rates)[-1] == question.OTHER_FORMS


def test_what_is_shown_sums_to_what_was_counted(cases, sample):
    counts = tally(placements(cases), SAMPLED)
    for sex in "KM":
        own, shown = counts[counts["sex"] == sex], question.cell(sample.rates.by_form, sex, TOTAL)
        assert shown["placements"] == own["entered"].sum() == (cases["sex"] == sex).sum()
        assert shown["unplanned"] == own["unplanned"].sum()
        assert shown["days"] == pytest.approx(own["days"].sum(), abs=3.5 * len(own))
        periods = sample.rates.by_period.query("sex == @sex")
        assert periods["unplanned"].sum() == shown["unplanned"]
        assert periods["days"].sum() == shown["days"]


def test_days_are_whole_weeks(sample):
    for table in (sample.rates.by_form, sample.rates.by_period):
        assert (table["days"] % Rules().duration_unit == 0).all()


@pytest.mark.parametrize("size", [6, 25, 60, 200])
def test_no_small_number_is_shown_nor_days_behind_it(cases, size):
    some = cases.sample(size, random_state=size)
    counts = safe(some, SAMPLED).rates
    for table in (counts.by_form, counts.by_period):
        assert not table.drop(columns=["sex", "group"]).map(is_small).any(axis=None)
        is_hidden = table.map(lambda cell: isinstance(cell, Hidden))
        assert (is_hidden["days"] >= is_hidden.drop(columns="days").any(axis=1)).all()
        for _, line in is_hidden.groupby(table["group"]):
            assert line["unplanned"].sum() != 1
    other = [
        row["placements"] - row["unplanned"]
        for row in counts.by_form.to_dict("records")
        if not isinstance(row["placements"], Hidden) and not isinstance(row["unplanned"], Hidden)
    ]
    assert not any(map(is_small, other))


@pytest.mark.parametrize(("size", "is_withheld"), [(100, True), (200, False)])
def test_all_tables_together_give_nothing_away(cases, size, is_withheld):
    counts = safe(cases.sample(size, random_state=size), SAMPLED)
    assert not attack([f for each in counts.everything_told() for f in facts(each)], Rules())
    assert counts.durations.counts.empty == is_withheld
    assert any("varat visas inte" in note for note in counts.durations.notes) == is_withheld


def test_forms_and_years_are_joined_only_as_far_as_needed():
    many = pd.concat([CASES.assign(started_on="2022-01-01", ended_on="2022-06-01")] * 40)
    many["person_id"] = [f"p{i}" for i in range(len(many))]
    many["ending"] = np.where(np.arange(len(many)) % 3, "planned", "unplanned")
    many["care_form"] = np.resize(FORMS, len(many))
    many["sex"] = np.resize(["K", "K", "K", "K", "M", "M", "M", "M", "M"], len(many))
    counts = safe(many, SAMPLED).rates
    assert counts.joined == ()
    assert set(counts.by_form["group"]) == {*FORMS, TOTAL}


@pytest.mark.parametrize(("most", "is_shown"), [(200, True), (1000, False)])
def test_days_that_are_mostly_one_persons_are_not_shown(most, is_shown):
    cells = [("K", 10, 5, 700), ("M", 40, 20, 4000)]
    tallied = pd.DataFrame(
        [(sex, "HVB", 2022, n, 0, ended, days, most // 2) for sex, n, ended, days in cells],
        columns=[*list(tally(placements(CASES), WITHIN))],
    )
    nobody = follow(placements(CASES), SAMPLED).head(0)
    table = protect(tallied, nobody, SAMPLED).rates.by_form
    assert not any(isinstance(n, Hidden) for n in table["placements"])
    assert any(isinstance(days, Hidden) for days in table["days"]) != is_shown
    assert all(isinstance(days, Hidden) for days in table["days"]) != is_shown


def by_group(gaps):
    return {(g.measure.unit, g.group): g for g in gaps}


def test_levels_are_endings_over_the_days_of_the_rows(cases, sample):
    ended = cases["ended_on"].fillna(pd.Timestamp(SAMPLED.as_of))
    lasted = cases.assign(days=(ended - cases["started_on"]).dt.days)
    for group, part in ((TOTAL, lasted), (FAMILY_HOME, lasted.query("care_form == @FAMILY_HOME"))):
        found = by_group(gap(*sample))["rate", group]
        for sex, level, n in (("K", found.women, found.n_women), ("M", found.men, found.n_men)):
            own = part[part["sex"] == sex]
            expected = 100 * 365.25 * (own["ending"] == "unplanned").sum() / own["days"].sum()
            assert level == pytest.approx(expected, rel=1e-3)
            assert n == len(own)
        assert found.estimate == pytest.approx(found.women / found.men)


def test_the_interval_is_where_the_mid_p_tails_are_a_fortieth(sample):
    found = by_group(gap(*sample))["rate", FAMILY_HOME]
    women, men = (question.cell(sample.rates.by_form, sex, FAMILY_HOME) for sex in ("K", "M"))
    n = women["unplanned"] + men["unplanned"]
    for limit, tail in ((found.low, 0.025), (found.high, 0.975)):
        share = limit * women["days"] / (limit * women["days"] + men["days"])
        above = binom.sf(women["unplanned"], n, share) + binom.pmf(women["unplanned"], n, share) / 2
        assert above == pytest.approx(tail, abs=1e-8)


def test_women_and_men_are_not_swapped(cases, sample):
    mirrored = safe(cases.assign(sex=cases["sex"].map({"K": "M", "M": "K"})), SAMPLED)
    for before, after in zip(gap(*sample), gap(*mirrored), strict=True):
        assert (before.women, before.men) == (after.men, after.women)
        if before.contrast == "ratio":
            assert after.estimate == pytest.approx(1 / before.estimate)
        else:
            assert after.estimate == pytest.approx(-before.estimate)
        assert after.verdict is before.verdict


def test_without_planned_endings_the_incidence_is_one_minus_kaplan_meier(cases):
    never = cases.assign(ended_on=cases["ended_on"].where(cases["ending"] == "unplanned"))
    never["ending"] = never["ending"].where(never["ending"] == "unplanned")
    durations = safe(never, SAMPLED).durations
    found = question.incidence_gap(durations)
    every = question.from_start(durations)
    for sex, level in (("K", found.women), ("M", found.men)):
        own = every[every["sex"] == sex]
        own = own.loc[own.index.repeat(own["n"])]
        fitted = KaplanMeierFitter().fit(own["time"], own["event"] == UNPLANNED)
        assert level == pytest.approx(1 - fitted.predict(question.HALF_YEAR))


def test_a_planned_ending_competes(cases, sample):
    """The share ended unplanned is lower than if the planned could still end unplanned."""
    own = question.from_start(sample.durations).query("sex == 'M'")
    own = own.loc[own.index.repeat(own["n"])]
    fitted = KaplanMeierFitter().fit(own["time"], own["event"] == UNPLANNED)
    assert question.incidence_gap(sample.durations).men < 1 - fitted.predict(question.HALF_YEAR)


def test_women_are_65_per_cent_of_unplanned_endings_in_family_homes(sample):
    table = question.representation(sample.rates).set_index(["group", "base"])
    for base in ("placements", "days"):
        row = table.loc[(FAMILY_HOME, base)]
        assert round(100 * row["endings"]) == 65
        assert (row["women"], row["both"]) == (13, 20)
        assert row["ratio"] == pytest.approx(row["endings"] / row["exposed"])
        assert row["low"] < row["ratio"] < row["high"]
    assert round(100 * table.loc[(FAMILY_HOME, "placements"), "exposed"]) == 50


def test_in_proportion_and_as_often_are_the_same_verdict(sample):
    table = question.representation(sample.rates).query("base == 'days'").set_index("group")
    for group, row in table.iterrows():
        ratio = question.ratio(sample.rates.by_form, group)
        assert (row["low"] > 1, row["high"] < 1) == (ratio.low > 1, ratio.high < 1)


def test_like_is_compared_with_like():
    """Women are where endings are common; within each form they end as often as men's."""
    cells = [("K", "HVB", 40, 20), ("K", "stödboende", 10, 1), ("M", "HVB", 10, 5)]
    cells += [("M", "stödboende", 400, 40), ("K", "stödboende", 40, 4)]
    made = [
        (f"L{sex}{form}{extra}{i}", sex, form, "2022-01-01", "2022-06-01", how)
        for sex, form, n, extra in cells
        for i in range(n)
        for how in ["unplanned" if i < extra else "planned"]
    ]
    some = pd.DataFrame(made, columns=COLUMNS).assign(planned_end_on="2022-06-01")
    some["person_id"] = some["placement_id"]
    counts = safe(some, SAMPLED).rates
    table = question.like_with_like(counts).set_index("method")["ratio"]
    assert table["crude"] > 1.5
    assert table["mantel-haenszel"] == pytest.approx(1, abs=0.02)
    assert table["poisson"] == pytest.approx(1, abs=0.02)
    assert question.likeness(counts)["p_value"] > 0.9


def test_extra_variation_widens_and_never_narrows(sample):
    table = question.like_with_like(sample.rates).set_index("method")
    poisson, scaled = table.loc["poisson"], table.loc["scaled"]
    assert scaled["ratio"] == poisson["ratio"]
    assert scaled["low"] <= poisson["low"]
    assert scaled["high"] >= poisson["high"]


HARD = {
    "one sex": lambda cases: cases[cases["sex"] == "K"],
    "all go on": lambda cases: cases.assign(ended_on=pd.NaT, ending=None),
    "one form": lambda cases: cases[cases["care_form"] == "HVB"],
    "few women": lambda cases: pd.concat(
        [cases[cases["sex"] == "M"], cases[cases["sex"] == "K"].head(6)]
    ),
    "few": lambda cases: cases.head(8),
    "none": lambda cases: cases.head(0),
    "all": lambda cases: cases,
}


@pytest.mark.parametrize("change", HARD.values(), ids=HARD)
def test_there_is_always_one_headline_first_about_everyone(cases, change):
    gaps = gap(*safe(change(cases), SAMPLED))
    assert [g.headline for g in gaps] == [True, False, False]
    assert [g.group for g in gaps] == [TOTAL, FAMILY_HOME, TOTAL]


@pytest.mark.parametrize("name", ["one sex", "all go on", "few women", "few", "none"])
def test_too_few_say_nothing(cases, name):
    counts = safe(HARD[name](cases), SAMPLED)
    assert {g.verdict for g in gap(*counts)[:2]} == {Verdict.TOO_FEW}
    assert question.representation(counts.rates).empty
    assert question.like_with_like(counts.rates).empty
    assert np.isnan(question.likeness(counts.rates)["dispersion"])


def test_placements_begun_before_the_window_leave_the_curves_when_few():
    """Their number is what a reader could subtract."""
    many = pd.concat([CASES.query("placement_id == 'E'")] * 80).assign(sex=["K", "M"] * 40)
    many["ending"] = np.resize(["planned", "planned", "unplanned", "unplanned"], len(many))
    few = pd.concat([many, CASES.query("placement_id == 'A'")])
    assert not question.from_start(safe(many, WITHIN).durations).empty
    assert question.from_start(safe(few, WITHIN).durations).empty
