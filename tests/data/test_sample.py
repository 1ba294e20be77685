"""The sample gives the published figures, and what they left out."""

import pandas as pd
import pytest

from helpers.data import sample
from helpers.data.codes import DO_NOT_KNOW, SURVEY_ITEMS
from helpers.paths import SAMPLE
from helpers.stats.estimate import Estimate, difference
from helpers.stats.survival import restricted_mean

DATES = {
    "queue": ["decided_on", "access_on", "left_on"],
    "placements": ["started_on", "planned_end_on", "ended_on"],
    "extensions": ["applied_on", "decided_on"],
}


def read(table):
    return pd.read_csv(SAMPLE / f"{table}.csv", parse_dates=DATES.get(table, []))


@pytest.fixture(scope="module")
def queue():
    cases = read("queue")
    ended = cases["access_on"].fillna(cases["left_on"]).fillna(pd.Timestamp(sample.AS_OF))
    event = cases["access_on"].notna() * 1 + cases["left_on"].notna() * 2
    days = (ended - cases["decided_on"]).dt.days
    return cases.assign(days=days, event=event, week=7 * (days // 7) + 3.5)


@pytest.fixture(scope="module")
def persons(queue):
    return queue.sort_values(["decided_on", "case_id"]).drop_duplicates("person_id")


@pytest.fixture(scope="module")
def applications():
    placements = read("placements")[["placement_id", "person_id", "sex"]]
    return read("extensions").merge(placements, on="placement_id")


def test_the_committed_sample_is_what_the_generator_makes(tmp_path):
    files = sample.write(tmp_path)
    assert [file.name for file in files] == [f"{table}.csv" for table in sample.TABLES]
    for file in files:
        assert file.read_bytes() == (SAMPLE / file.name).read_bytes()


@pytest.mark.parametrize("time", ["days", "week"])
def test_completed_waits_without_children_are_38_per_cent_longer_for_women(persons, time):
    housed = persons[~persons["has_children"] & (persons["event"] == 1)]
    mean = housed.groupby("sex")[time].mean()
    assert round(mean["K"] / mean["M"], 2) == 1.38


def mean_wait(cases, time):
    counts = cases.groupby(["sex", time, "event"]).size().reset_index(name="n")
    means = restricted_mean(counts.rename(columns={time: "time"}), 365).set_index("sex")
    women, men = (Estimate(*means.loc[sex, ["mean", "low", "high"]]) for sex in "KM")
    return difference(women, men)


@pytest.mark.parametrize("time", ["days", "week"])
def test_the_gap_is_established_without_children_but_not_for_everyone(persons, time):
    without_children = mean_wait(persons[~persons["has_children"]], time)
    assert 25 < without_children.value < 45
    assert without_children.low > 0
    everyone = mean_wait(persons, time)
    assert everyone.low < 0 < everyone.high
    assert everyone.low > -10


def test_the_queue_holds_what_the_published_figure_left_out(queue):
    share = queue["event"].value_counts(normalize=True)
    assert share[0] > 0.20
    assert 0.08 < share[2] < 0.14
    decisions = queue["person_id"].value_counts()
    assert 0.05 < (decisions == 2).mean() < 0.08
    assert decisions.max() == 2


def test_the_last_decision_is_made_on_the_day_the_sample_stands_for(queue):
    """Pages take that day as theirs, and would else leave out what happened after it."""
    assert queue["decided_on"].max() == pd.Timestamp(sample.AS_OF)


def test_no_group_of_the_queue_is_too_small_to_show(persons):
    groups = persons.groupby(["sex", "has_children"])
    assert groups["event"].value_counts().unstack().min(axis=None) >= 5
    assert groups["week"].agg(lambda weeks: (weeks >= 365).sum()).min() >= 10


def test_waits_grow_over_the_years(queue):
    early = queue["decided_on"] < "2024-01-01"
    by_period = queue.assign(
        event=(queue["event"] == 1) * 1, sex=early.map({False: "K", True: "M"})
    )
    assert mean_wait(by_period, "days").value > 0


def test_men_apply_for_extension_more_often_than_women(applications):
    placements = read("placements")
    for unit in ("person_id", "placement_id"):
        applied = applications.groupby("sex")[unit].nunique()
        share = applied / placements.groupby("sex")[unit].nunique()
        assert share.mul(100).round().to_dict() == {"K": 28, "M": 47}


def test_about_as_many_applications_are_granted(applications):
    first = applications.drop_duplicates("placement_id")
    for counted in (first, applications):
        decided = counted[counted["outcome"].isin(["granted", "denied"])]
        share = (decided["outcome"] == "granted").groupby(decided["sex"]).mean()
        assert share.mul(100).round().to_dict() == {"K": 75, "M": 79}
    assert applications["outcome"].isna().any()
    assert (applications["outcome"] == "withdrawn").any()


def test_women_have_65_per_cent_of_the_unplanned_endings_in_family_homes():
    placements = read("placements")
    at_home = placements["care_form"] == "familjehem för vuxna"
    unplanned = placements[at_home & (placements["ending"] == "unplanned")]
    assert (unplanned["sex"] == "K").mean() == 0.65
    assert placements["ended_on"].isna().any()
    assert placements["person_id"].duplicated().any()


def test_the_small_survey_year_gives_the_published_shares():
    answers = read("survey").query("year == 2023")
    for item, shares in {"U35542": (86, 100, 95), "U35543": (57, 92, 79)}.items():
        given = answers[answers["item"] == item]
        positive = given["answer"].isin(SURVEY_ITEMS[item].positive)
        assert given["sex"].value_counts().to_dict() == {"K": 7, "M": 12}
        by_sex = positive.groupby(given["sex"]).mean()
        assert tuple(round(100 * x) for x in (*by_sex, positive.mean())) == shares


def test_the_survey_holds_every_answer_and_blanks():
    answers = read("survey")
    for item, asked in SURVEY_ITEMS.items():
        given = answers.loc[answers["item"] == item, "answer"]
        assert set(given.dropna()) == set(asked.answers)
        assert given.isna().any()
    assert DO_NOT_KNOW in set(answers["answer"])
    respondents = answers.drop_duplicates("response_id").groupby("year").size()
    assert (respondents.drop(2023) > 19).all()
