"""Over time on the page: each sex's own share, breaks said, small half-years left out."""

from datetime import date

import numpy as np
import pytest
from matplotlib.figure import Figure
from read_shown import downloaded, read

from helpers import queue_times, read_cases, show, user_satisfaction
from helpers.data import sample
from helpers.disclosure import Group
from helpers.show import over_time

ENDS = {"Ut med bostad": "access", "Ut utan bostad": "left", "Väntar vid slutet": "waiting"}


@pytest.fixture(scope="module")
def by_half_year():
    return queue_times.protect(queue_times.over_time(read_cases("queue"), "2025-12-31"))


def test_a_trend_has_each_sexs_own_share_of_each_half_year(by_half_year):
    rows = downloaded(show.queue_times.trend(by_half_year))
    assert len(rows) == 16
    for place, row in enumerate(rows[:14]):
        name = f"{2022 + place // 4}H{1 + place // 2 % 2}"
        level = by_half_year.landmarks("housed", "KM"[place % 2], Group("half_year", name))[182]
        share = float(row["Andel"].replace(",", "."))
        assert share == pytest.approx(level.estimate.value, abs=1e-4)
        assert row["Antal"] == str(level.n)


def test_a_half_year_not_followed_so_long_is_two_points(by_half_year):
    last = read(show.queue_times.trend(by_half_year)).iloc[-2:]
    assert set(last["Halvår"]) == {"juli–dec\N{NO-BREAK SPACE}2025"}
    assert set(last["Andel"]) == {".."}


def test_a_trend_says_that_no_change_is_established(by_half_year):
    html = show.queue_times.trend(by_half_year).html
    assert "inte säkerställt" in html and "lv-verdict" not in html


def test_the_flow_has_each_sexs_own_counts(by_half_year):
    rows = downloaded(show.queue_times.flow(by_half_year))
    for row, (sex, name) in zip(rows[:2], [("K", "2022H1"), ("M", "2022H1")], strict=True):
        group = Group("half_year", name)
        assert row["In"] == str(by_half_year.cell("people", group, sex=sex))
        for head, way in ENDS.items():
            assert row[head] == str(by_half_year.cell("flow", group, sex=sex, flow=way))


def test_a_line_is_broken_and_the_reason_said_where_counting_changed(by_half_year, monkeypatch):
    why = {date(2024, 7, 1): "nya <riktlinjer>"}
    monkeypatch.setattr(over_time, "breaks", lambda _: why)
    html = show.queue_times.trend(by_half_year).html
    assert "Brott i serien 1\N{NO-BREAK SPACE}juli" in html and "nya &lt;riktlinjer&gt;" in html


def test_a_year_without_a_survey_is_there_and_empty():
    answers = sample.town(120, 120, seed=2)
    answers["survey"] = answers["survey"].query("year != 2023")
    cases = read_cases("survey", answers)
    published = user_satisfaction.protect(user_satisfaction.tally(cases, ["sex", "year"]))
    shown = read(show.user_satisfaction.trend(published))
    assert shown["År"].astype(str).tolist() == [str(y) for y in range(2022, 2026) for _ in "KM"]
    assert set(shown[shown["År"].astype(str) == "2023"]["Andel"]) == {"–"}


def test_a_small_town_is_told_that_half_years_are_not_shown():
    cases = read_cases("queue", sample.town(30, 30, seed=3))
    published = queue_times.protect(queue_times.over_time(cases))
    for shown in (show.queue_times.trend(published), show.queue_times.flow(published)):
        assert "visas inte var för sig" in shown.html


def test_no_line_is_drawn_across_a_break():
    axes = Figure().subplots()
    over_time._draw_sex(axes, "K", np.array([[0.1, 0, 0.2]] * 4), [2])
    [line] = axes.lines
    assert np.isnan(line.get_ydata()).tolist() == [False, False, True, False, False]
