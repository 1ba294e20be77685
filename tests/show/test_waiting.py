"""The queue on the page: whatever the counts hold, it is shown, and no small count is."""

import json
import re
from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml
from queue_cases import safe

from helpers import show
from helpers.disclosure import TOTAL, Rules, SafeCounts, protect_durations
from helpers.paths import ROOT
from helpers.questions import queue_times
from helpers.show import compose, front_page, gaps
from helpers.show.shown import MIME
from helpers.show.svg import WIDE
from helpers.show.words import NBSP

AS_OF = date(2025, 12, 31)
LEAST = 5


def numbers(shown):
    return shown._repr_mimebundle_()[MIME]


def cells(shown):
    """Rows of the first table, by heading of the row."""
    rows = lxml.fromstring(f"<div>{shown.html}</div>").xpath("//tbody/tr")
    return {r.xpath("th")[0].text: [d.text_content() for d in r.xpath("td")] for r in rows}


def headings(shown):
    return lxml.fromstring(f"<div>{shown.html}</div>").xpath("//thead//th/text()")


def few_leavers(cases, sex, n):
    """All but `n` of those of a sex who left still wait."""
    left = cases.index[(cases["sex"] == sex) & cases["left_on"].notna()]
    return cases.assign(left_on=cases["left_on"].mask(cases.index.isin(left[n:])))


def without_children(cases, n=0):
    return pd.concat([cases[~cases["has_children"]], cases[cases["has_children"]].head(n)])


def men_and(cases, women):
    return pd.concat([cases[cases["sex"] == "M"], cases[cases["sex"] == "K"].head(women)])


def test_who_is_counted_in_the_sample(sample_cases, sample_shown):
    """Each person once, by the first decision."""
    first = sample_cases.sort_values(["decided_on", "case_id"]).drop_duplicates("person_id")
    assert len(first) < len(sample_cases)
    by = first.groupby("sex")
    ends = pd.DataFrame(
        {
            "access": by["access_on"].count(),
            "left": by["left_on"].count(),
            "waits": by.size() - by["access_on"].count() - by["left_on"].count(),
            "all": by.size(),
        }
    )
    expected = {"Kvinnor": ends.loc["K"], "Män": ends.loc["M"], "Båda": ends.sum()}
    assert cells(sample_shown["counted"]) == {k: [str(n) for n in v] for k, v in expected.items()}
    title = sample_shown["counted"].title.replace(NBSP, " ")
    assert title == "Personer som räknas, till och med 31 december 2025"
    assert headings(sample_shown["counted"]) == [
        "Kön", "Fick bostad", "Lämnade bostadskön", "Väntar fortfarande", "Alla"
    ]  # fmt: skip


def test_the_saved_notebook_counts_each_person_once(sample_cases):
    """Every number it shows of persons is one of persons, not of decisions."""
    notebook = json.loads((ROOT / "notebooks" / "queue-times.ipynb").read_text(encoding="utf-8"))
    saved = list(front_page.published(notebook))
    persons = sample_cases.groupby("sex")["person_id"].nunique()
    [counted] = [shown["counted"]["rows"] for shown in saved if "counted" in shown]
    sums = {row[0]: row[-1] for row in counted if row[1] == TOTAL}
    assert sums == {**persons, TOTAL: persons.sum()}
    [headline] = [gap for gap in front_page.gaps_in(notebook) if gap.headline]
    assert (headline.n_women, headline.n_men) == (persons["K"], persons["M"])


HARD = {
    "women only": lambda cases: cases[cases["sex"] == "K"],
    "men only": lambda cases: cases[cases["sex"] == "M"],
    "everyone waits": lambda cases: cases.assign(access_on=pd.NaT, left_on=pd.NaT),
    "nobody left": lambda cases: cases.assign(left_on=pd.NaT),
    "few women left": lambda cases: few_leavers(cases, "K", 2),
    "everyone housed": lambda cases: cases[cases["access_on"].notna()],
    "the last half year": lambda cases: cases[cases["decided_on"] >= "2025-07-01"],
    "the last month": lambda cases: cases[cases["decided_on"] >= "2025-12-01"],
    "children merged away": lambda cases: without_children(cases, 6),
    "women hidden": lambda cases: men_and(cases, 6),
    "both hidden": lambda cases: cases.head(8),
    "nobody": lambda cases: cases.head(0),
}


def drawn_once(draw, alt):
    """Draw, and leave the writing of the figure, which takes most of the time."""
    return f"<p>{draw(WIDE) and alt}</p>"


BY_SEX_LAST = ("children merged away", "women hidden", "nobody")


@pytest.mark.parametrize(
    ("name", "by"),
    [(name, ["sex", "has_children"]) for name in HARD]
    + [(name, ["has_children", "sex"]) for name in BY_SEX_LAST],
)
def test_the_notebook_is_shown_whatever_the_cases(monkeypatch, sample_cases, name, by):
    for module in (compose, gaps):
        monkeypatch.setattr(module, "both_widths", drawn_once)
    counts = safe(HARD[name](sample_cases), by=by, as_of=AS_OF)
    asked = queue_times.gap(counts)
    for shown in (
        show.answer(asked),
        show.counted(counts, AS_OF),
        show.waiting(counts),
        show.waiting(counts, "utan barn"),
        show.waiting(counts, "med barn"),
        show.housed(counts),
        show.tests(counts),
        show.gap(asked),
        show.gap(queue_times.ratios(asked, "utan barn")),
        show.sensitivity(asked[:1]),
    ):
        json.dumps(shown._repr_mimebundle_(), allow_nan=False)
        words = lxml.fromstring(f"<div>{shown.html}</div>").text_content()
        assert not re.search(r"\bnan\b|NaN|None|\binf\b|-\d", words)
        assert "ingen skillnad" not in words.lower()


@pytest.mark.parametrize("by", [["sex"], ["sex", "has_children"]])
def test_a_hidden_sex_is_two_dots_and_so_is_every_sum_with_it(sample_cases, by):
    shown = show.counted(safe(men_and(sample_cases, 4), by=by), AS_OF)
    found = cells(shown)
    ends = len(headings(shown)) - 1
    assert ends >= 3
    assert found["Kvinnor"] == found["Båda"] == [".."] * ends
    assert len(found["Män"]) == ends
    assert ".." not in found["Män"]
    hidden = [row for row in numbers(shown)["counted"]["rows"] if row[0] in ("K", TOTAL)]
    assert all(set(row[-1]) == {"hidden"} for row in hidden)
    assert "för liten för att visas" in shown.html


JOINED = "Väntar fortfarande eller lämnade bostadskön"


@pytest.mark.parametrize("by", [["sex"], ["sex", "has_children"]])
@pytest.mark.parametrize(("sex", "name"), [("K", "Kvinnor"), ("M", "Män")])
def test_leavers_too_few_to_show_are_told_as_one_with_those_who_wait(sample_cases, by, sex, name):
    """No 0 stands where there are some, and no column is short of those it names."""
    cases = few_leavers(sample_cases, sex, 2)
    shown = show.counted(safe(cases, by=by, as_of=AS_OF), AS_OF)
    assert headings(shown) == ["Kön", "Fick bostad", JOINED, "Alla"]
    housed = cases.groupby("sex")["access_on"].count()
    every = cases.groupby("sex").size()
    for one, row in (("K", "Kvinnor"), ("M", "Män")):
        ends = [housed[one], every[one] - housed[one], every[one]]
        assert cells(shown)[row] == [str(n) for n in ends]
    assert cells(shown)[name][1] != "0"
    events = {row[1] for row in numbers(shown)["counted"]["rows"]}
    assert events == {"Fick bostad", JOINED, TOTAL}
    assert "räknas där som väntande" in shown.html


def test_where_nobody_left_a_true_zero_is_shown(sample_cases):
    shown = show.counted(safe(sample_cases.assign(left_on=pd.NaT), as_of=AS_OF), AS_OF)
    assert headings(shown)[2] == "Lämnade bostadskön"
    assert {row[1] for row in cells(shown).values()} == {"0"}


def test_a_sex_that_is_not_there_is_none_and_not_hidden(sample_cases):
    found = cells(show.counted(safe(sample_cases[sample_cases["sex"] == "K"]), AS_OF))
    assert found["Män"] == ["0"] * 4
    assert found["Kvinnor"] == found["Båda"]


def test_a_group_the_counts_were_not_made_by_is_asked_for(sample_cases):
    counts = safe(sample_cases, by=["sex"])
    for one in (show.waiting, show.housed):
        with pytest.raises(ValueError, match="Räkna också efter has_children"):
            one(counts, "utan barn")


def test_tests_say_what_they_compare(sample_cases, sample_shown):
    assert "med och utan barn" in sample_shown["tests"].html
    merged = show.tests(safe(without_children(sample_cases, 6)))
    assert "med och utan barn" not in merged.html
    one = show.tests(safe(sample_cases[sample_cases["sex"] == "K"]))
    assert "Underlaget är för litet" in one.html


def read(shown, months, sex):
    table = numbers(shown)["table"]
    [row] = [r for r in table["rows"] if r[:2] == [months, sex]]
    return dict(zip(table["columns"], row, strict=True))


def test_the_table_under_a_curve_reads_it_off(sample_shown, sample_counts):
    step = queue_times.still_waiting(sample_counts).query("sex == 'K'")
    before = step[step["time"] <= 6 * 365.25 / 12].iloc[-1]
    row = read(sample_shown["waiting"], 6, "K")
    assert row["share"] == pytest.approx(before["survival"])
    assert row["low"] < row["share"] < row["high"]
    assert row["at_risk"] == step.loc[step["time"] >= 6 * 365.25 / 12, "at_risk"].max()


def test_waiting_falls_and_housed_rises(sample_shown):
    for name, sign in (("waiting", -1), ("housed", 1)):
        curve = numbers(sample_shown[name])["curve"]
        steps = pd.DataFrame(curve["rows"], columns=curve["columns"])
        for _, own in steps.groupby("sex"):
            assert (sign * own["share"].diff().dropna() >= 0).all()


def test_a_curve_stops_where_few_remain():
    rows = [
        (sex, float(time), event, n)
        for sex in "KM"
        for time, event, n in [(100, 1, 20), (200, 1, 20), (300, 1, 20), (400, 0, 4)]
    ]
    counts = pd.DataFrame(rows, columns=["sex", "time", "event", "n"])
    shown = show.waiting(SafeCounts(counts, (), (), Rules()))
    curve = numbers(shown)["curve"]["rows"]
    assert max(row[1] for row in curve) == 300
    assert min(row[3] for row in curve) == pytest.approx(24 / 64)


def test_a_line_that_ends_at_once_is_still_named(monkeypatch):
    figures = []
    monkeypatch.setattr(compose, "both_widths", lambda draw, alt: figures.append(draw(WIDE)))
    rows = [("K", 20.0, 1, 10), ("K", 40.0, 1, 10)]
    rows += [("M", 30.0 * i, 1, 10) for i in range(1, 20)]
    counts = pd.DataFrame(rows, columns=["sex", "time", "event", "n"])
    show.waiting(protect_durations(counts))
    labels = [text.get_text() for text in figures[0].axes[0].texts if text.get_weight() == "bold"]
    assert sorted(labels) == ["Kvinnor", "Män"]


cells_of_cases = st.tuples(
    st.sampled_from("KM"),
    st.booleans(),
    st.integers(0, 100).map(lambda week: 7 * week + 3.5),
    st.sampled_from([0, 1, 2]),
    st.integers(1, 9),
)
tallied = st.lists(cells_of_cases, min_size=5, max_size=70).map(
    lambda rows: pd.DataFrame(rows, columns=["sex", "has_children", "time", "event", "n"])
)


def may_be_shown(n):
    return isinstance(n, dict) or n == 0 or n >= LEAST


def check_no_small_count(shown):
    """Every count, and every difference between neighbours on a curve, is 0, hidden or large."""
    data = numbers(shown)
    for row in data.get("counted", {"rows": []})["rows"]:
        assert may_be_shown(row[-1])
    for name in {"table", "curve"} & set(data):
        steps = pd.DataFrame(data[name]["rows"], columns=data[name]["columns"])
        assert (steps["at_risk"] >= LEAST).all()
        falls = steps.groupby("sex")["at_risk"].diff().dropna().abs()
        assert all(map(may_be_shown, falls))
    for gap in data.get("gaps", []):
        assert may_be_shown(gap["n_women"])
        assert may_be_shown(gap["n_men"])
    for counted in re.findall(r"<td>(\d+)</td>", shown.html):
        assert may_be_shown(int(counted))


def test_no_small_count_is_published_for_the_sample(sample_shown):
    for shown in sample_shown.values():
        check_no_small_count(shown)


@settings(max_examples=8, deadline=None)
@given(tallied)
def test_no_small_count_is_published_for_any_cases(drawn):
    counts = protect_durations(drawn, landmarks=queue_times.LANDMARKS)
    asked = queue_times.gap(counts)
    with pytest.MonkeyPatch.context() as patch:
        for module in (compose, gaps):
            patch.setattr(module, "both_widths", lambda draw, alt: f"<p>{alt}</p>")
        shown = [show.counted(counts, AS_OF), show.waiting(counts), show.housed(counts)]
        shown += [show.waiting(counts, "utan barn"), show.waiting(counts, "med barn")]
        shown += [show.answer(asked), show.gap(asked)]
    for each in shown:
        check_no_small_count(each)


def test_numbers_of_persons_cannot_be_subtracted_between_groups(sample_gaps):
    """Everyone less those without children are those with, and the other way: never few."""
    for everyone in (g for g in sample_gaps if g.group == "alla"):
        key = (everyone.measure, everyone.contrast)
        parts = [g for g in sample_gaps if (g.measure, g.contrast) == key and g != everyone]
        assert [part.group for part in parts] == ["utan barn", "med barn"]
        for part in parts:
            assert may_be_shown(everyone.n_women - part.n_women)
            assert may_be_shown(everyone.n_men - part.n_men)
