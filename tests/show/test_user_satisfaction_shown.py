"""The survey's page: seven items at a glance, what is too few seen as such, nothing small shown."""

import json
import re

import pandas as pd
import pytest
from lxml import html as lxml
from survey_cases import safe

from helpers import show
from helpers.paths import SAMPLE
from helpers.questions import survey_answers, user_satisfaction
from helpers.questions.gap import Verdict
from helpers.show.shown import MIME

page = show.user_satisfaction
ITEMS = 7


@pytest.fixture(scope="module")
def sample():
    return pd.read_csv(SAMPLE / "survey.csv")


@pytest.fixture(scope="module")
def counts(sample):
    return safe(sample)


def everything(counts):
    gaps = user_satisfaction.gap(counts)
    return {
        "answer": page.answer(gaps),
        "answered": page.answered(counts),
        "items": page.items(counts),
        "gap": show.gap(user_satisfaction.foremost(gaps)),
        "periods": page.periods(counts),
        "changes": page.changes(counts),
        "whole scale": page.whole_scale(counts),
        "needed": page.needed(counts),
    }


@pytest.fixture(scope="module")
def shown(counts):
    return everything(counts)


@pytest.fixture(scope="module")
def few(sample):
    """The sample with six women's answers to how far they can influence the help they get."""
    silenced = (sample["item"] == user_satisfaction.INFLUENCE) & (sample["sex"] == "K")
    silenced &= sample["year"] != 2023
    return everything(safe(sample.assign(answer=sample["answer"].mask(silenced, "vet inte"))))


def alt(shown):
    return lxml.fromstring(f"<div>{shown.html}</div>").xpath("//svg/@aria-label")[0]


def text(shown):
    return lxml.fromstring(f"<div>{shown.html}</div>").text_content()


def table(shown):
    rows = lxml.fromstring(f"<div>{shown.html}</div>").xpath("//tbody/tr")
    return [[cell.text_content() for cell in row] for row in rows]


def test_the_answer_tells_the_headline_and_what_is_established(counts, shown):
    gaps = user_satisfaction.gap(counts)
    said = text(shown["answer"])
    assert "nöjda med stödet som helhet är inte statistiskt säkerställd" in said
    assert "2 av 7 skillnader är statistiskt säkerställda" in said
    for gap in gaps[1:]:
        assert (gap.measure.less in said) == (gap.verdict is Verdict.ESTABLISHED)


def test_who_answered_adds_up(shown):
    published = shown["answered"].published["answered"]
    assert shown["answered"].title == "Enkäter från 90 kvinnor och 152 män"
    assert (published["answered"] + published["off_scale"] == published["returned"]).all()
    assert len(table(shown["answered"])) == ITEMS


def test_seven_items_are_drawn_and_told_in_words(counts, shown):
    said = alt(shown["items"])
    for gap, row in zip(user_satisfaction.gap(counts), table(shown["items"]), strict=True):
        assert f"{row[0]}: kvinnor {row[1]}, män {row[2]}, skillnad {row[3]}" in said
        assert row[0] in shown["items"].html
        assert row[-1] == (
            "säkerställd" if gap.verdict is Verdict.ESTABLISHED else "inte säkerställd"
        )
    assert said.count("inte säkerställd") == 5


def test_too_few_answers_are_seen_as_such(few):
    assert "Påverka vilken typ av hjälp: för få svar" in alt(few["items"])
    drawn = lxml.fromstring(f"<div>{few['items'].html}</div>").xpath("(//svg)[1]")[0]
    assert drawn.text_content().count("för få svar") == 1
    assert "i 1 är svaren för få för att bedöma" in text(few["answer"])


@pytest.mark.parametrize("which", ["shown", "few"])
def test_nothing_small_is_published(which, request):
    for name, one in request.getfixturevalue(which).items():
        for number in counts_in(one._repr_mimebundle_()[MIME]):
            assert number not in {1, 2, 3, 4}, name


def counts_in(published):
    """Every count of people or answers in the numbers given away."""
    if isinstance(published, dict) and "columns" in published:
        yield from (
            value
            for row in published["rows"]
            for column, value in zip(published["columns"], row, strict=True)
            if isinstance(value, int) and column != "steps"
        )
    elif isinstance(published, dict):
        yield from (v for k, v in published.items() if k.startswith("n_") and isinstance(v, int))
        for value in published.values():
            yield from counts_in(value)
    elif isinstance(published, list):
        for value in published:
            yield from counts_in(value)


@pytest.mark.parametrize("which", ["shown", "few"])
def test_the_small_year_is_never_shown_alone(which, request):
    for one in request.getfixturevalue(which).values():
        record = {**one._repr_mimebundle_()[MIME], "told": []}
        told = [text(one), json.dumps(record, ensure_ascii=False)]
        told += lxml.fromstring(f"<div>{one.html}</div>").xpath("//svg/@aria-label")
        assert not any(re.search(r"(?<!2022–)2023", re.sub(r"–\s+", "–", words)) for words in told)


def test_merged_years_are_said_to_be(shown):
    assert "Åren 2022–2023 och 2024–2025 är sammanslagna" in text(shown["periods"])
    assert "Sammantaget nöjd med stödet, 2022–2023: kvinnor 55\N{NO-BREAK SPACE}% och män" in alt(
        shown["periods"]
    )


def test_a_year_alone_says_that_no_change_can_be_judged(sample):
    one = page.periods(safe(sample[sample["year"] == 2024]))
    assert "För få svar" in one.title
    assert "<svg" not in one.html


def test_tables_that_no_grouping_makes_safe_are_left_out_and_said_to_be(sample, monkeypatch):
    monkeypatch.setattr(survey_answers, "first_safe", lambda candidates, *_: [*candidates][-1])
    shown = everything(safe(sample))
    for name in ("periods", "changes", "whole scale"):
        assert "visas inte: svaren är för få, eller så kan de tillsammans röja någon" in text(
            shown[name]
        )
        assert not table(shown[name])
        assert shown[name].title.startswith("För få svar")
    assert len(table(shown["answered"])) == ITEMS


def test_nobody_can_be_shown(sample):
    for one in everything(safe(sample.head(0))).values():
        assert one.title
        assert "nan" not in text(one).lower()


def test_the_bytes_are_the_same_every_time(counts, shown):
    again = everything(counts)
    assert {name: one.html for name, one in again.items()} == {
        name: one.html for name, one in shown.items()
    }
