"""The sample gives the published figures, and what they left out; towns follow the same law."""

import re
import shutil
import subprocess
from hashlib import sha256

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from helpers.cli import app
from helpers.data import read_cases, sample
from helpers.data.codes import DO_NOT_KNOW, SURVEY_ITEMS
from helpers.data.contracts import DELIVERED
from helpers.paths import SAMPLE
from helpers.stats.estimate import Estimate, difference
from helpers.stats.survival import restricted_mean

SUMS = {
    "queue": "1bc9c81f",
    "placements": "c54e4821",
    "extensions": "3e80203c",
    "survey": "0e05de4c",
    "goals": "be203228",
    "screening": "53a70d21",
    "stays": "ce0a7e9d",
}
TABLES = list(SUMS)
FILES = [f"{table}.csv" for table in DELIVERED]
DATES = {
    "queue": ["decided_on", "access_on", "left_on", "applied_on"],
    "placements": ["started_on", "planned_end_on", "ended_on"],
    "extensions": ["applied_on", "decided_on"],
    "goals": ["plan_on", "reached_on", "dropped_on"],
    "screening": ["opened_on", "asked_on"],
    "stays": ["started_on", "ended_on"],
}


def read(table):
    return pd.read_csv(SAMPLE / f"{table}.csv", parse_dates=DATES.get(table, []))


@pytest.fixture(scope="module")
def queue():
    cases = read("queue")
    cases = cases[~cases["refused"]]
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
    assert [file.name for file in files] == [*FILES, "SHA256SUMS"]
    for file in files:
        assert file.read_bytes() == (SAMPLE / file.name).read_bytes()


def test_the_rows_of_the_sample_never_change():
    """Pages, noise and releases of the sample rest on these bytes."""
    found = {table: sha256((SAMPLE / f"{table}.csv").read_bytes()).hexdigest() for table in TABLES}
    assert {table: digest[:8] for table, digest in found.items()} == SUMS


def test_sha256sum_finds_the_sample_whole():
    if not shutil.which("sha256sum"):
        pytest.skip("no sha256sum")
    command = ["sha256sum", "--check", "--strict", "SHA256SUMS"]
    done = subprocess.run(command, cwd=SAMPLE, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert [line.split(":")[0] for line in done.stdout.splitlines()] == FILES


def test_the_key_of_the_sample_is_one_line_that_anyone_may_read():
    assert (SAMPLE / "key").read_text(encoding="utf-8").count("\n") == 1


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
    stays = read("stays")
    unplanned = stays[(stays["state"] == "family_home") & (stays["ending"] == "unplanned")]
    assert round((unplanned["sex"] == "K").mean(), 2) == 0.65


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


def likavard_sample(*options):
    return CliRunner().invoke(app, ["sample", *map(str, options)])


@pytest.mark.parametrize(
    ("women", "men", "gap"), [(1, 1, True), (15, 15, False), (40, 40, True), (5000, 5000, False)]
)
def test_a_town_of_any_size_keeps_every_contract(women, men, gap):
    town = sample.town(women, men, seed=0, gap=gap)
    people = {table: "person_id" for table in TABLES if table != "extensions"}
    people["survey"] = "response_id"
    for table in TABLES:
        read = read_cases(table, source=town).to_pandas()
        assert len(read) == len(town[table])
        if table in people:
            found = read.groupby("sex")[people[table]].nunique()
            assert found.to_dict() == {"K": women, "M": men}


def test_the_command_writes_the_same_town_as_the_function_makes(tmp_path):
    size = ("--women", 12, "--men", 30, "--seed", 3, "--no-gap")
    for folder in ("one", "two"):
        done = likavard_sample("--to", tmp_path / folder, *size)
        assert done.exit_code == 0, done.stderr
    made = sample.town(12, 30, seed=3, gap=False)
    for table in TABLES:
        one, two = (tmp_path / folder / f"{table}.csv" for folder in ("one", "two"))
        assert one.read_bytes() == two.read_bytes()
        read = read_cases(table, source=one.parent).to_pandas()
        own = read_cases(table, source=made).to_pandas()
        pd.testing.assert_frame_equal(read, own, check_dtype=False)


def test_another_seed_makes_another_town():
    queues = [sample.town(10, 10, seed=seed)["queue"] for seed in (0, 1)]
    assert not queues[0].equals(queues[1])


TOWN = {"--women": 5, "--men": 5, "--seed": 0}


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"--women": 0}, "mellan 1 och 1 000 000"),
        ({"--men": 1_000_001}, "mellan 1 och 1 000 000"),
        ({"--seed": -1}, "0 eller större"),
        ({"--men": None}, "behöver --to, --women och --men"),
    ],
    ids=str,
)
def test_a_wrong_size_is_told_in_swedish_and_nothing_is_written(tmp_path, wrong, told):
    given = {"--to": tmp_path / "town", **TOWN, **wrong}
    done = likavard_sample(*(x for pair in given.items() if pair[1] is not None for x in pair))
    assert done.exit_code == 2
    assert told in done.stderr
    assert not (tmp_path / "town").exists()


def test_a_town_is_never_written_over_other_tables(tmp_path):
    own = tmp_path / "survey.csv"
    own.write_text("våra egna svar", encoding="utf-8")
    with pytest.raises(ValueError, match=r"finns redan survey\.csv"):
        sample.write_town(tmp_path, 5, 5, seed=0)
    assert list(tmp_path.iterdir()) == [own]
    assert own.read_text(encoding="utf-8") == "våra egna svar"


def test_a_file_is_no_folder_for_a_town(tmp_path):
    (tmp_path / "town").touch()
    done = likavard_sample("--to", tmp_path / "town", "--women", 5, "--men", 5)
    assert done.exit_code == 2
    assert done.stderr.startswith("Det går inte att skriva i ")


def test_the_help_of_the_command_is_in_swedish():
    said = likavard_sample("--help").stdout
    assert re.findall("Usage|Options|default|Show", said) == []


SIZE = 4000


@pytest.fixture(scope="module")
def large_town():
    return sample.town(SIZE, SIZE, seed=1)


def rates(town):
    """Shares and mean days of women and men, each with its standard error: one row a rate."""
    queue, placements, survey = town["queue"], town["placements"], town["survey"]
    queue = queue[~queue["refused"].astype(bool)]
    applied = town["extensions"].merge(placements[["placement_id", "person_id", "sex"]])
    firsts = queue.sort_values("decided_on").drop_duplicates("person_id")
    early = firsts[firsts["decided_on"] < "2024-01-01"]
    days = (early["access_on"] - early["decided_on"]).dt.days.fillna(730).clip(upper=730)
    goals, screened = town["goals"], town["screening"]
    asked = placements[placements["person_id"].isin(applied["person_id"])]
    tried = applied[applied["outcome"].isin(["granted", "denied"])]
    ended = placements[placements["ended_on"].notna()]
    home = ended["care_form"] == "familjehem för vuxna"
    unplanned = ended["ending"] == "unplanned"
    positive = [answer for item in SURVEY_ITEMS.values() for answer in item.positive]
    scaled = survey[survey["answer"].notna() & (survey["answer"] != DO_NOT_KNOW)]
    by_sex = {
        "with children": (firsts["has_children"], firsts),
        "wait": (days[~early["has_children"]], early),
        "wait with children": (days[early["has_children"]], early),
        "left": (firsts["left_on"].notna(), firsts),
        "two decisions": (queue["person_id"].duplicated(), queue),
        "two placements": (placements["person_id"].duplicated(), placements),
        "applying": (placements["person_id"].isin(asked["person_id"]), placements),
        "granted": (tried["outcome"] == "granted", tried),
        "withdrawn": (applied["outcome"] == "withdrawn", applied),
        "pending": (applied["outcome"].isna(), applied),
        "family home": (placements["care_form"] == "familjehem för vuxna", placements),
        "unplanned in family home": (unplanned[home], ended),
        "unplanned elsewhere": (unplanned[~home], ended),
        "positive": (scaled["answer"].isin(positive), scaled),
        "no answer": (survey["answer"].isna(), survey),
        "small year": (survey["year"] == 2023, survey),
        "about a home": (goals["area"] == "own_home", goals),
        "asked": (screened["asked_on"].notna(), screened),
        "goals reached": (goals["reached_on"].notna(), goals),
    }
    found = [
        values.astype(float).groupby(rows["sex"]).agg(["mean", "sem"]).unstack()
        for values, rows in by_sex.values()
    ]
    return pd.DataFrame(found, index=list(by_sex))


def test_without_a_gap_women_and_men_differ_in_nothing():
    found = rates(sample.town(SIZE, SIZE, seed=1, gap=False))
    difference = found["mean", "K"] - found["mean", "M"]
    error = np.hypot(found["sem", "K"], found["sem", "M"])
    # Answers, placements and years of one person go together, hence not 3.
    assert (difference / error).abs().max() < 4.5


def test_with_the_gap_a_town_is_near_the_published_figures(large_town):
    found = rates(large_town)["mean"].mul(100).round(1)
    published = {
        "with children": (39, 24),
        "applying": (28, 47),
        "granted": (75, 79),
        "family home": (40, 20),
        "unplanned in family home": (30, 15),
        "unplanned elsewhere": (16.5, 16.5),
    }
    for rate, (women, men) in published.items():
        assert found.loc[rate, "K"] == pytest.approx(women, abs=2.5), rate
        assert found.loc[rate, "M"] == pytest.approx(men, abs=2.5), rate
    assert found.loc["wait", "K"] > found.loc["wait", "M"]
    assert found.loc["positive", "K"] < found.loc["positive", "M"]


def test_people_of_a_town_are_drawn_independently():
    """Counts vary from town to town as binomial counts do, which fixed shares would not."""
    towns = [sample.town(1, 60, seed=seed) for seed in range(60)]
    with_children = [
        town["queue"].query("sex == 'M'").drop_duplicates("person_id")["has_children"].sum()
        for town in towns
    ]
    assert np.mean(with_children) == pytest.approx(60 * 0.24, abs=1)
    assert np.var(with_children, ddof=1) == pytest.approx(60 * 0.24 * 0.76, rel=0.5)


def test_the_truth_is_what_a_large_town_shows(large_town):
    true = sample.truth(persons=10_000)
    queue = large_town["queue"][~large_town["queue"]["refused"].astype(bool)]
    queue = queue.sort_values("decided_on").drop_duplicates("person_id")
    until = queue["access_on"].fillna(queue["left_on"]).fillna(pd.Timestamp(sample.AS_OF))
    event = queue["access_on"].notna() * 1 + queue["left_on"].notna() * 2
    waits = queue.assign(days=(until - queue["decided_on"]).dt.days, event=event)
    waiting = mean_wait(waits, "days")
    assert waiting.low - 1 < true.waiting < waiting.high + 1
    whole = large_town["survey"].query("item == 'U35543'")
    scaled = whole[whole["answer"].notna() & (whole["answer"] != DO_NOT_KNOW)]
    positive = scaled["answer"].isin(SURVEY_ITEMS["U35543"].positive).groupby(scaled["sex"]).mean()
    assert true.positive == pytest.approx(positive["K"] - positive["M"], abs=0.03)
    assert true.extended == pytest.approx(0.95 * (0.28 * 0.75 - 0.47 * 0.79), abs=0.03)
    assert 1.3 < true.unplanned < 1.7
    goals = large_town["goals"].sort_values("plan_on")
    goals = goals[goals["plan_on"] <= pd.Timestamp(sample.AS_OF) - pd.Timedelta(days=365)]
    first = goals[goals["plan_on"] == goals.groupby("person_id")["plan_on"].transform("min")]
    reached = (first["reached_on"] - first["plan_on"]).dt.days <= 365
    by_sex = reached.groupby([first["sex"], first["person_id"]]).any().groupby("sex").mean()
    assert true.reached == pytest.approx(by_sex["K"] - by_sex["M"], abs=0.03)
    screened = large_town["screening"]
    first = screened[
        screened["opened_on"] == screened.groupby("person_id")["opened_on"].transform("min")
    ]
    first = first[first["opened_on"] <= pd.Timestamp(sample.AS_OF) - pd.Timedelta(days=90)]
    told = ((first["asked_on"] - first["opened_on"]).dt.days <= 90) & (first["role"] == "exposed")
    by_sex = told.groupby([first["sex"], first["person_id"]]).any().groupby("sex").mean()
    assert -0.12 < true.own_contract < 0.02
    assert true.found == pytest.approx(by_sex["K"] - by_sex["M"], abs=0.03)


def test_without_a_gap_the_truth_is_no_difference():
    assert sample.truth(gap=False) == sample.Truth(
        waiting=0, extended=0, positive=0, unplanned=1, reached=0, found=0, own_contract=0
    )
