"""What a cell shows carries its numbers as data, and gives nothing away beyond them."""

import json
import re
from dataclasses import replace
from datetime import date
from math import inf, nan

import pandas as pd
import pytest
from made_gaps import EVERY, LONGER, SHORTER, TOO_FEW, UNSURE

from helpers.disclosure import Hidden, Reason
from helpers.questions.gap import DECIMALS, Gap
from helpers.show import answer, front_page, gap, sensitivity
from helpers.show.shown import MIME, Shown


def bundle(shown):
    return shown._repr_mimebundle_(include=None, exclude=None)


def published(value):
    return bundle(Shown("Titel", "<p></p>", {"value": value}))[MIME]["value"]


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
        assert set(data) == {"text/html", "text/plain", MIME}
        assert data["text/html"].startswith("<")
        assert data["text/plain"] == data[MIME]["title"] == shown.title
        assert data[MIME]["source"] in {"published", "sample", "own"}
        assert json.loads(json.dumps(data, allow_nan=False)) == data


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


@pytest.mark.parametrize("reason", Reason)
def test_hidden_gives_its_explanation_alone(reason):
    table = pd.DataFrame({"n": [Hidden(reason), 7]}, dtype=object)
    assert published(table)["rows"] == [[{"hidden": reason.explanation}], [7]]
    shown = gap([replace(LONGER, n_women=Hidden(reason))])
    said = json.dumps(bundle(shown))
    assert reason.value not in said
    assert reason.name not in said


def test_small_and_complementary_read_the_same():
    small, complementary = map(Hidden, (Reason.SMALL_COUNT, Reason.COMPLEMENTARY))
    assert published(small) == published(complementary)


def rounded(gap):
    numbers = ("women", "men", "estimate", "low", "high")
    values = {name: getattr(gap, name) for name in numbers}
    return replace(
        gap, **{k: round(v, DECIMALS) for k, v in values.items() if isinstance(v, float)}
    )


def test_the_front_page_reads_the_same_gaps_back(sample_gaps):
    back = front_page.gaps_in(saved(notebook(gap(sample_gaps))))
    assert back == [rounded(g) for g in sample_gaps]
    assert all(isinstance(g, Gap) for g in back)


@pytest.mark.parametrize("limits", [(-inf, 39.0), (29.0, inf), (-inf, inf)])
def test_infinite_limits_are_read_back(limits):
    endless = replace(LONGER, low=limits[0], high=limits[1])
    assert front_page.gaps_in(saved(notebook(gap([endless])))) == [endless]


def test_every_kind_of_gap_is_read_back_once_headline_first():
    twice = notebook(gap(EVERY[1:]), gap(EVERY), gap(EVERY[:2]))
    assert front_page.gaps_in(saved(twice)) == [rounded(g) for g in EVERY]


def test_a_notebook_without_gaps_has_none():
    assert front_page.gaps_in(notebook(Shown("Titel", "<p></p>", {"tests": []}))) == []


def test_the_front_page_answers_each_question_once(sample_shown):
    waits = notebook(*sample_shown.values())
    extensions = [replace(g, question="extensions") for g in EVERY]
    other = notebook(gap(extensions), title="Får kvinnor oftare nej?")
    page = front_page.overview([saved(waits), saved(other)])
    assert page.count("**Väntar kvinnor längre?**") == 1
    assert page.count("**Får kvinnor oftare nej?**") == 1
    assert "(notebooks/queue-times.ipynb)" in page
    assert "(notebooks/extensions.ipynb)" in page
    assert page.count("::: {#fig-gaps}") == page.count("::: {#tbl-gaps}") == 1
    assert 'href="notebooks/extensions.html"' in page
    assert page.count(":::") == 4
    told = re.sub(r"base64,[^\"]*", "", page)
    assert "nan" not in told.lower().replace("finnan", "")


HEADLINES = {
    "ja": LONGER,
    "nej": replace(UNSURE, headline=True),
    "få": replace(TOO_FEW, headline=True),
}


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        (["ja"], "I 1 av 1 frågor"),
        (["ja", "nej", "få"], "I 1 av 3 frågor"),
        (["nej", "få"], "I 0 av 2 frågor"),
    ],
)
def test_the_front_pages_title_counts_questions_and_not_gaps(asked, title):
    """Three more established gaps of the same question are the same finding."""
    books = [
        notebook(gap([replace(g, question=f"fråga-{name}") for g in (HEADLINES[name], *EVERY[1:])]))
        for name in asked
    ]
    page = front_page.overview(list(map(saved, books)))
    said = f"{title} är skillnaden mellan kvinnor och män statistiskt säkerställd"
    assert f'<p class="lv-title">{said}</p>' in page


def test_the_gaps_of_a_question_are_titled_by_its_headline():
    assert gap([LONGER, UNSURE, SHORTER]).title == gap([LONGER]).title == answer([LONGER]).title
    assert gap([UNSURE, SHORTER]).title == "1 av 2 skillnader är statistiskt säkerställd"
    assert gap([SHORTER]).title.startswith("Kvinnor väntar kortare tid")


def test_no_gaps_are_said_to_be_too_few_to_compare():
    assert sensitivity([]).title == "Underlaget är för litet för att jämföra kvinnor och män"


def test_the_answer_is_bold_and_what_it_rests_on_is_not():
    [bold] = re.findall(r"<strong>(.*?)</strong>", answer([LONGER, SHORTER]).html)
    assert bold == answer([LONGER]).title


def test_the_front_page_leaves_out_what_a_choice_may_change():
    book = saved(notebook(gap([LONGER]), sensitivity([SHORTER])))
    assert front_page.gaps_in(book) == [LONGER]


def test_no_two_rows_of_the_front_page_have_the_same_name(sample_shown):
    gaps = front_page.gaps_in(notebook(*sample_shown.values()))
    names = [(g.question, g.measure.name, g.group, g.contrast) for g in gaps]
    assert len(set(names)) == len(names)
