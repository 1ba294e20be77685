"""What a cell shows carries its numbers as data, and gives nothing away beyond them."""

import json
import re
from dataclasses import replace
from datetime import date
from math import inf, nan

import pandas as pd
import pypandoc
import pytest
from made_gaps import EVERY, LONGER, SHORTER, TOO_FEW, UNSURE

from helpers import queue_times, read_cases, show
from helpers.questions.gap import Gap, Gaps
from helpers.show import gap
from helpers.show.gaps import expected_by_chance
from helpers.show.saved import gaps_in
from helpers.show.shown import DECIMALS, MIME, Shown


def bundle(shown):
    return shown._repr_mimebundle_(include=None, exclude=None)


def published(value):
    return bundle(Shown("Titel", "<p></p>", {"value": value}))[MIME]["value"]


def answered(gaps):
    """Give gaps as `show.answer` records them."""
    return Shown("Titel", "<p></p>", {"gaps": list(gaps)})


def notebook(*shown, title="Väntar kvinnor längre?"):
    front_matter = {"cell_type": "raw", "source": [f"---\ntitle: {title}\n", "---"]}
    outputs = [{"output_type": "execute_result", "data": bundle(each)} for each in shown]
    cells = [front_matter, {"cell_type": "markdown", "source": ["Text"]}]
    return {"cells": [*cells, {"cell_type": "code", "source": [], "outputs": outputs}]}


def saved(book):
    """Write and read as a file, as strict JSON."""
    return json.loads(json.dumps(book, allow_nan=False))


def test_the_sample_shows_html_its_title_and_its_numbers(sample_shown):
    for shown in sample_shown.values():
        data = bundle(shown)
        assert set(data) == {"text/markdown", "text/plain", MIME}
        assert shown.html.replace("\n\n", "\n") in data["text/markdown"]
        assert data["text/plain"] == data[MIME]["title"] == shown.title
        assert data[MIME]["source"] in {"published", "sample", "own"}
        assert json.loads(json.dumps(data, allow_nan=False)) == data


HTML = """<p class="lv-title">20 * 3 & `x`</p>

<details><summary>Visa</summary>
    <table><tr><td>12_3_</td></tr></table></details>"""
"""With all that markdown would change."""


@pytest.mark.parametrize("reader", ["commonmark", "markdown"])
def test_jupyterlab_and_both_renderers_show_the_same_html(reader):
    text = bundle(Shown("Titel", HTML))["text/markdown"]
    shown = pypandoc.convert_text(text, "html", reader, extra_args=["--wrap=preserve"])
    assert HTML.replace("\n\n", "\n").replace("`", "&#96;") in shown


def test_a_document_says_what_the_page_says():
    text = bundle(Shown("Titel", f'{HTML}<p class="lv-downloads">CSV</p>'))["text/markdown"]
    assert pypandoc.convert_text(text, "plain", "markdown").strip() == "20 * 3 & `x`"


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (nan, None),
        (inf, "inf"),
        (-inf, "-inf"),
        (0.1 + 0.2, 0.3),
        (date(2025, 12, 31), "2025-12-31"),
        (("K", 5), ["K", 5]),
        (pd.DataFrame({"n": [5, 6]}), {"columns": ["n"], "rows": [[5], [6]]}),
        (pd.DataFrame({"n": []}), {"columns": ["n"], "rows": []}),
    ],
)
def test_numbers_become_what_json_can_hold(value, plain):
    assert published(value) == plain


def test_a_tally_cannot_be_shown():
    tally = queue_times.tally(read_cases("queue"))
    with pytest.raises(TypeError, match="secret"):
        published([tally])


def test_the_answer_carries_every_gap_and_what_they_came_from(sample_shown, sample_gaps):
    record = bundle(sample_shown["answer"])[MIME]
    assert len(record["gaps"]) == len(sample_gaps)
    assert record["published"]["key"] == sample_gaps.published.key
    assert set(record["published"]["tables"]) == {"people", "ended", "housed"}


def rounded(gap):
    numbers = ("women", "men", "estimate", "low", "high")
    values = {name: round(getattr(gap, name), DECIMALS) for name in numbers}
    levels = tuple(each.map(_rounded) for each in gap.levels)
    number = gap.attributable and gap.attributable.map(_rounded)
    return replace(gap, **values, levels=levels, attributable=number)


def _rounded(value):
    return round(value, DECIMALS)


def test_the_front_page_reads_the_same_gaps_back(sample_gaps):
    back = gaps_in(saved(notebook(answered(sample_gaps))))
    assert [repr(g) for g in back] == [repr(rounded(g)) for g in sample_gaps]
    assert all(isinstance(g, Gap) for g in back)


@pytest.mark.parametrize("one", EVERY)
def test_every_kind_of_gap_is_read_back(one):
    [back] = gaps_in(saved(notebook(answered([one]))))
    assert repr(back) == repr(rounded(one))


def test_gaps_are_read_back_once_headline_first():
    other = replace(SHORTER, headline=False, verdict=None)
    back = gaps_in(saved(notebook(answered([other, LONGER]), answered([LONGER]))))
    assert [g.headline for g in back] == [True, False]


def test_a_notebook_without_gaps_has_none():
    assert gaps_in(notebook(Shown("Titel", "<p></p>", {"tests": []}))) == []


def test_chance_alone_calls_one_headline_in_twenty_established():
    assert expected_by_chance([LONGER, UNSURE, TOO_FEW, UNSURE, UNSURE]) == pytest.approx(0.2)


def test_the_gaps_of_a_question_are_titled_by_its_headline():
    other = replace(SHORTER, headline=False, verdict=None)
    assert gap([other, LONGER]).title.startswith("Kvinnor väntar längre")
    assert gap([other]).title == "Skillnader mellan kvinnor och män"


def test_groups_are_put_into_words_only_where_they_interact(sample_gaps):
    """Made so that the two groups' gaps are wide apart, then alike."""
    measure = sample_gaps.headline.measure.code

    def said(low, high):
        limits = {"has_children: False": (-low, low), "has_children: True": (high - 9, high + 9)}
        moved = [
            replace(g, estimate=sum(at) / 2, low=at[0], high=at[1])
            if g.measure.code == measure and (at := limits.get(str(g.group)))
            else g
            for g in sample_gaps
        ]
        return show.answer(Gaps(moved, sample_gaps.published)).html

    assert "utan barn" in said(9, 60)
    assert "utan barn" not in said(9, 5)


def test_the_answer_is_bold_and_what_it_rests_on_is_not(sample_gaps):
    [bold] = re.findall(r"<strong>(.*?)</strong>", show.answer(sample_gaps).html)
    assert bold == f"{show.answer(sample_gaps).title}."
    assert show.answer(sample_gaps).html.count('class="lv-verdict') == 1
