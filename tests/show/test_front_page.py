"""The front page answers each question on a card; all measures are in one table."""

import json
import re
from dataclasses import replace

import pandas as pd
import pytest
from lxml import html as lxml
from made_gaps import FEWER, LONGER, OPEN, OTHER, TOO_FEW, UNSURE

from helpers import show
from helpers.data import DataProblem, read_actions
from helpers.questions.gap import Gap
from helpers.show import action_words as done
from helpers.show.front_page import cards
from helpers.show.shown import MIME, Shown
from helpers.show.words import NBSP

NONE = pd.DataFrame(columns=list(read_actions().columns))


def notebook(*gaps: Gap, title="Väntar kvinnor längre?"):
    """Give a saved notebook that shows some gaps."""
    shown = Shown("Titel", "<p></p>", {"gaps": list(gaps)})
    front_matter = {"cell_type": "raw", "source": [f"---\ntitle: {title}\n", "---"]}
    output = {"output_type": "execute_result", "data": {MIME: shown._repr_mimebundle_()[MIME]}}
    return json.loads(
        json.dumps({"cells": [front_matter, {"cell_type": "code", "outputs": [output]}]})
    )


def asked(name, gap):
    return notebook(replace(gap, question=name), title=f"Fråga {name}?")


def seen(page):
    return page.replace(NBSP, " ")


def test_a_card_has_question_answer_verdict_figure_and_link():
    page = seen(show.overview([notebook(FEWER, OTHER, title="Får kvinnor bostad?")], NONE))
    assert page.count("::: {.lv-card}") == 1
    assert "## Får kvinnor bostad? {#kort-extensions}" in page
    answer = "Kvinnor får bostad mer sällan än män: 50 av 100 kvinnor, mot 64 av 100 män."
    assert f"**{answer}**" in page
    assert page.count('<span class="lv-verdict lv-established">säkerställd</span>') == 1
    assert 'Kvinnor 50 %, män 64 %."' in page
    assert "](notebooks/extensions.ipynb)" in page
    assert "95 %" not in page


def test_too_few_have_a_card_without_a_figure():
    page = show.overview([notebook(TOO_FEW)], NONE)
    assert "<svg" not in page
    assert "Det är för få för att säga om kvinnor väntar längre än män." in page


def test_a_notebook_without_a_headline_has_no_card():
    assert cards([notebook(OTHER)], NONE) == []


def test_without_cases_the_front_page_counts_nothing_and_points_to_the_voices():
    page = show.overview([], NONE)
    assert "av 0" not in page
    assert "](reports/voices.qmd)" in page


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ([LONGER], "I 1 av 1 frågor är skillnaden mellan kvinnor och män säkerställd. Av slumpen"),
        ([LONGER, UNSURE, TOO_FEW], "I 1 av 3 frågor"),
        ([LONGER, UNSURE, TOO_FEW], "Av slumpen ensam väntas 0,1."),
        ([UNSURE, TOO_FEW], "I 0 av 2 frågor"),
    ],
)
def test_established_questions_are_counted_and_those_chance_would_call_so(answers, said):
    books = [asked(f"fråga-{place}", gap) for place, gap in enumerate(answers)]
    assert said in show.overview(books, NONE)


def test_a_card_says_what_is_done_by_role_and_day_and_never_why():
    page = seen(show.overview([notebook(FEWER)], read_actions()))
    assert (
        "Åtgärd: beslutad 3 mars 2026, ansvarig: enhetschef, påbörjad, klar senast "
        "1 september 2026, mäts igen 1 februari 2027." in page
    )
    assert "Alla ska få veta" not in page


def test_a_card_without_an_action_says_how_to_add_one():
    page = show.overview([notebook(FEWER)], NONE)
    assert "Åtgärd: ingen inskriven." in page
    assert "data-dictionary.html#tab-actions" in page


def action(**given):
    return read_actions().iloc[[0]].assign(**given)


def test_the_latest_decision_is_shown():
    later = action(decided_on=pd.Timestamp(2026, 5, 1), decision="no", action_id="A0")
    proposed = action(decided_on=pd.NaT, decision=None, action_id="A9")
    [said] = done.by_question(pd.concat([later, action(), proposed])).values()
    assert said.startswith(f"Åtgärd: avslagen 1{NBSP}maj{NBSP}2026")


def test_a_role_is_text_whatever_it_holds():
    page = show.overview([notebook(FEWER)], action(owner_role="<b>chef</b>\n```\n# Rubrik"))
    assert "&lt;b&gt;chef&lt;/b&gt; ``` # Rubrik" in page


def test_an_action_about_a_question_that_is_not_there_is_told():
    with pytest.raises(DataProblem, match=r"about_id: okänd fråga \(1 rad\)"):
        done.by_question(action(about_id="förlängningar"))


def test_actions_about_other_things_are_on_no_card():
    assert done.by_question(action(about="audit", about_id="fråga 7")) == {}


def test_all_measures_stand_in_one_table_by_question():
    books = [notebook(LONGER, OPEN), notebook(FEWER, title="Får kvinnor bostad?")]
    page = show.all_measures(books)
    table = lxml.fromstring(page[page.index("<table") : page.index("</table>") + 8])
    groups = [head.text_content() for head in table.cssselect("th[scope=rowgroup]")]
    assert groups == ["Väntar kvinnor längre?", "Får kvinnor bostad?"]
    rows = [
        [seen(cell.text_content()) for cell in row.cssselect("td")]
        for row in table.cssselect("tbody tr:has(td)")
    ]
    assert [row[2] for row in rows] == [
        "+34 dagar (+29 till +39)",
        "−34 dagar (utan gränser)",
        "−14 procentenheter (−19 till −9)",
    ]
    assert [row[3] for row in rows] == ["–", "–", "111 till 234 fler"]
    assert [row[4] for row in rows] == ["säkerställd", "", "säkerställd"]


def test_what_has_no_limit_is_words_in_the_files_too():
    data = show.gaps.as_data([OPEN])
    assert data.loc[0, ["Undre gräns", "Övre gräns"]].tolist() == ["ingen gräns", "ingen gräns"]
    told = re.sub(r"base64,[^\"]*", "", show.all_measures([notebook(OPEN)]))
    assert not re.search(r"\binf\b|∞|nan", told)
