"""Half-years: which day lies in which, who came, went and waited, and that parts are the whole."""

from datetime import date

import ibis
import pandas as pd
import pytest
from extension_cases import application, frames, placement

from helpers import extensions, queue_times, read_cases, unplanned_terminations
from helpers.data import sample
from helpers.questions import half_years

AS_OF = date(2025, 12, 31)
QUESTIONS = {
    "queue": (queue_times, "housed", 182),
    "extensions": (extensions, "extended", None),
    "placements": (unplanned_terminations, "unplanned", 182),
}


def queued(*rows):
    frame = pd.DataFrame(rows, columns=["decided_on", "access_on", "left_on"])
    frame = frame.apply(pd.to_datetime).assign(sex="K", has_children=False, left_reason=None)
    names = [f"p{n}" for n in range(len(frame))]
    return read_cases("queue", frame.assign(person_id=names, case_id=names))


def flows(cases, sex="K"):
    """Give (in, housed, left, waiting) by half-year, of true counts."""
    tables = queue_times.over_time(cases, AS_OF).true_counts()
    came, flow = (
        own[(own["sex"] == sex) & (own["grouping"] == "half_year")]
        for own in (tables["people"], tables["flow"])
    )
    ended = flow.pivot_table(index="group", columns="flow", values="n", aggfunc="sum")
    ended = ended.reindex(columns=["access", "left", "waiting"], fill_value=0)
    both = ended.assign(came=came.set_index("group")["n"])
    return {name: tuple(row) for name, *row in both[["came", *ended.columns]].itertuples()}


def test_a_half_year_ends_on_the_last_of_june_and_of_december():
    days = ibis.memtable({"day": [date(2024, 6, 30), date(2024, 7, 1), date(2024, 12, 31)]})
    named = half_years.of(days.day).to_pandas().tolist()
    assert named == ["2024H1", "2024H2", "2024H2"]


@pytest.mark.parametrize(("as_of", "last"), [("2025-06-30", "2025H1"), ("2025-07-01", "2025H2")])
def test_the_half_years_of_four_calendar_years_are_shown(as_of, last):
    shown = half_years.shown(date.fromisoformat(as_of))
    assert (shown[0], shown[-1]) == ("2022H1", last)


def test_who_ends_on_the_last_day_of_a_half_year_does_not_wait_at_its_end():
    found = flows(
        queued(
            ("2024-01-01", "2024-06-30", None),
            ("2024-06-30", "2024-07-01", None),
            ("2024-06-30", None, "2025-01-01"),
            ("2024-07-01", None, None),
            ("2021-12-31", "2024-02-01", None),
        )
    )
    assert found["2023H2"] == (0, 0, 0, 1)
    assert found["2024H1"] == (3, 2, 0, 2)
    assert found["2024H2"] == (1, 1, 0, 2)
    assert found["2025H1"] == (0, 0, 1, 1)


@pytest.mark.parametrize("sex", ["K", "M"])
@pytest.mark.parametrize("source", [None, sample.town(30, 20, seed=1)])
def test_those_who_waited_and_came_are_those_who_went_and_wait(source, sex):
    waited = 0  # nobody was granted support before the window
    for came, housed, left, waiting in flows(read_cases("queue", source), sex).values():
        assert waited + came - housed - left == waiting
        waited = waiting
    assert waited > 0


@pytest.mark.parametrize("table", QUESTIONS)
def test_half_years_are_the_parts_of_what_the_page_counts(table):
    question, name, landmark = QUESTIONS[table]
    cases = read_cases(table)
    whole = question.tally(cases, as_of=AS_OF).true_counts()
    parts = question.over_time(cases, AS_OF).true_counts()[name]
    parts = parts[parts["grouping"] == "half_year"]
    by_sex = parts[parts[name].astype(bool)].groupby("sex")["n"].sum().to_dict()
    if landmark is None:  # everyone's are among the stages
        own = whole["stages"].query("stage == 'granted' and sex != 'total'")
    else:
        own = whole[name][whole[name][name].astype(bool)].query(
            "landmark == @landmark and grouping == 'all'"
        )
    assert by_sex == own.set_index("sex")["n"].to_dict()


def test_a_half_year_in_which_nobody_began_has_its_cells():
    rows = [placement(f"{n}", started="2024-02-01") for n in range(3)]
    tally = extensions.over_time(read_cases("extensions", frames(rows, [application("1")])), AS_OF)
    people = tally.true_counts()["people"]
    own = people[(people["grouping"] == "half_year") & (people["sex"] == "K")]
    assert own.set_index("group")["n"].to_dict() == dict.fromkeys(half_years.shown(AS_OF), 0) | {
        "2024H1": 3
    }


@pytest.mark.parametrize("table", QUESTIONS)
def test_a_small_town_shows_no_half_years(table):
    question, *_ = QUESTIONS[table]
    published = question.protect(question.over_time(read_cases(table, sample.town(60, 60, seed=1))))
    assert published.left_out[0] == "half_year"
    assert all((own["grouping"] == "all").all() for own in published.tables.values())
