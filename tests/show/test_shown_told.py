"""What each page's outputs record: every number they show, and what it tells of the cases."""

import json
import re
from base64 import b64decode
from datetime import date
from io import BytesIO

import lxml.html
import pandas as pd
import placement_cases
import pytest
import survey_cases
from extension_cases import DATES as EXTENSION_DATES
from extension_cases import safe as safe_extensions

from helpers import show
from helpers.data import read_published
from helpers.disclosure import Hidden, Reason, Rules, told
from helpers.paths import SAMPLE
from helpers.questions import extensions, queue_times, unplanned_terminations, user_satisfaction
from helpers.questions.unplanned_terminations import Window
from helpers.show.shown import MIME, Shown

AS_OF = date(2025, 12, 31)
WINDOW = Window(date(2022, 1, 1), AS_OF)


def of_queue(counts):
    gaps = queue_times.gap(counts)
    return [
        show.answer(gaps),
        show.counted(counts, AS_OF),
        *(show.waiting(counts, group) for group in queue_times.GROUPS),
        show.housed(counts),
        show.tests(counts),
        show.gap(queue_times.foremost(gaps)),
        show.sensitivity(queue_times.ratios(gaps, "utan barn")),
    ]


def of_extensions():
    frames = {
        name: pd.read_csv(SAMPLE / f"{name}.csv", parse_dates=dates)
        for name, dates in EXTENSION_DATES.items()
    }
    counts = safe_extensions(frames, AS_OF)
    gaps = extensions.gap(counts)
    return [
        show.answer(gaps),
        show.extensions.answer(counts),
        show.extensions.counted(counts),
        show.extensions.outcomes(counts),
        show.extensions.split(counts),
        show.gap(gaps),
        show.sensitivity(extensions.sensitivity(counts)),
        show.sensitivity(extensions.by_period(counts)),
    ]


def of_unplanned_endings():
    cases = pd.read_csv(SAMPLE / "placements.csv", parse_dates=placement_cases.DATES)
    counts, durations = placement_cases.safe(cases, WINDOW)
    page, gaps = show.unplanned_terminations, unplanned_terminations.gap(counts, durations)
    return [
        show.answer(gaps),
        page.counted(durations, WINDOW),
        page.by_care_form(counts),
        page.by_period(counts),
        page.incidence(durations),
        show.gap(gaps),
        show.sensitivity(unplanned_terminations.by_care_form(counts)),
        page.like_with_like(counts),
        page.represented(counts),
        page.in_proportion(counts),
    ]


def of_survey():
    counts = survey_cases.safe(pd.read_csv(SAMPLE / "survey.csv", dtype={"answer": "string"}))
    page, gaps = show.user_satisfaction, user_satisfaction.gap(counts)
    return [
        page.answer(gaps),
        page.answered(counts),
        page.items(counts),
        show.gap(user_satisfaction.foremost(gaps)),
        page.periods(counts),
        page.changes(counts),
        page.whole_scale(counts),
        page.needed(counts),
    ]


@pytest.fixture(scope="module")
def pages(sample_counts):
    """Every output of every notebook that rests on cases."""
    return {
        "queue-times": of_queue(sample_counts),
        "extensions": of_extensions(),
        "unplanned-terminations": of_unplanned_endings(),
        "user-satisfaction": of_survey(),
    }


def record(shown):
    return json.loads(json.dumps(shown._repr_mimebundle_()[MIME], allow_nan=False))


def every(pages):
    return [shown for page in pages.values() for shown in page]


def test_every_output_tells_something_of_the_cases(pages):
    assert all(shown.told for shown in every(pages))


def test_what_is_recorded_is_read_back_as_it_was(pages):
    for shown in every(pages):
        for before, entry in zip(shown.told, record(shown)["told"], strict=True):
            assert [*told.facts(told.read(entry))] == [*told.facts(before)]


def test_questions_agree_on_the_cells_they_share(pages):
    known = {}
    for shown in every(pages):
        for entry in shown.told:
            for fact in told.facts(entry):
                cell = (_plain(fact.cell), fact.among)
                known.setdefault(cell, []).append((fact.low, fact.high))
    for limits in known.values():
        assert max(low for low, _ in limits) <= min(high for _, high in limits)
    women = told.cell("placements", {"sex": "K"})
    assert len(known[women, None]) > len(pages["extensions"])
    assert {*known[women, None]} == {(128, 128)}


def _plain(cell):
    """Leave out what every placement of the sample has: the window holds all of them."""
    every_stage = {"open", "not applied", "denied", "granted"}
    every_ending = {"ongoing", "unplanned", "planned"}
    where = {
        name: values
        for name, values in cell.where
        if not name.startswith("followed") and {*values} not in (every_stage, every_ending)
    }
    return told.cell(cell.cases, where, cell.of)


def test_no_small_count_is_told(pages):
    facts = [fact for shown in every(pages) for entry in shown.told for fact in told.facts(entry)]
    small = range(1, Rules().min_count)
    assert not [
        fact for fact in facts if fact.cell.of == "n" and not fact.among and fact.low in small
    ]


def test_a_share_lies_within_the_limits_that_are_told(pages):
    """The limits hold what the counts give, and are as narrow as what is published."""
    for shown in every(pages):
        facts = [fact for entry in shown.told for fact in told.facts(entry)]
        counts = {fact.cell: fact.low for fact in facts if not fact.among}
        for fact in facts:
            if {fact.cell, fact.among} <= counts.keys():
                value = counts[fact.cell] / counts[fact.among]
                assert fact.low <= value <= fact.high


def numbers_in(value):
    """Every number of a record, however deep."""
    if isinstance(value, dict):
        return [n for part in value.values() for n in numbers_in(part)]
    if isinstance(value, list):
        return [n for part in value for n in numbers_in(part)]
    return [value] if isinstance(value, int | float) and not isinstance(value, bool) else []


def texts(shown):
    """Read the page, the alternative texts and the files that can be taken away."""
    tree = lxml.html.fromstring(f"<div>{shown.html}</div>")
    yield from (svg.get("aria-label") for svg in tree.iter("svg"))
    for link in tree.iter("a"):
        content = b64decode(link.get("href").partition("base64,")[2])
        if link.get("download").endswith(".csv"):
            yield content.decode("utf-8-sig").replace(";", "\n")
        else:
            yield "\n".join(map(str, pd.read_excel(BytesIO(content)).to_numpy().ravel()))
    for svg in [*tree.iter("svg")]:
        svg.drop_tree()
    yield "\n".join(tree.itertext())


PERCENT = re.compile(
    r"(\d+(?:,\d+)?)\N{NO-BREAK SPACE}%(?!\N{NO-BREAK SPACE}?\s*(?:konfidens|inter))"
)


def test_every_percentage_shown_is_in_the_record(pages):
    for shown in every(pages):
        entry = record(shown)
        known = numbers_in({name: entry[name] for name in entry if name != "told"})
        for text in texts(shown):
            for found in PERCENT.findall(text):
                decimals = len(found.partition(",")[2])
                asked = float(found.replace(",", "."))
                rounded = {round(abs(n) * k, decimals) for n in known for k in (1, 100)}
                assert asked in rounded, (shown.title, found)


COUNT = re.compile(
    r"^(?!20\d\d)(\d{1,4})$|\b(\d{1,4}) (?:kvinnor|män|avslut|placeringar|svar)\b", re.MULTILINE
)


def test_every_count_shown_is_in_the_record(pages):
    for shown in every(pages):
        entry = record(shown)
        known = {*map(float, numbers_in({n: entry[n] for n in entry if n != "told"}))}
        rounded = {round(abs(n) * k) for n in known for k in (1, 100)} | {100}
        for text in texts(shown):
            for found in map("".join, COUNT.findall(text.replace("\N{NO-BREAK SPACE}", " "))):
                assert int(found) in rounded, (shown.title, found)


def test_published_figures_tell_nothing_of_cases():
    shown = show.extended(read_published())
    assert record(shown)["source"] == "published"
    assert record(shown)["told"] == []


def test_a_hidden_number_stays_hidden_in_what_is_told():
    table = pd.DataFrame({"sex": ["K", "M"], "n": [Hidden(Reason.SMALL_COUNT), 7]}, dtype=object)
    entry = record(Shown("Titel", "<p></p>", told=(told.Counts("placements", table),)))
    hidden, shown = told.facts(told.read(entry["told"][0]))
    assert hidden.is_hidden
    assert (shown.low, shown.high) == (7, 7)
    assert "small-count" not in json.dumps(entry)
