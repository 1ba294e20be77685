"""The municipality beside others, on the page."""

import re
from base64 import b64decode
from dataclasses import replace

import pytest

from helpers import show, user_satisfaction
from helpers.data.peers import PeersProblem, read_peers
from helpers.paths import PEERS
from helpers.questions import comparison
from helpers.questions.user_satisfaction import WHOLE
from helpers.show import comparison_drawings as drawings
from helpers.show.shown import MIME

WORDS = {
    "missing": "saknas",
    "secret": "sekretess",
    "not_applicable": "ej tillämpligt",
    "deleted": "borttaget",
}


@pytest.fixture(scope="module")
def compared():
    return comparison.compare(read_peers(PEERS))


def with_status(compared, status):
    figures = compared.figures.copy()
    where = (figures["kind"] == "own") & (figures["kpi"] == WHOLE) & (figures["year"] == 2025)
    figures.loc[where, ["women", "gap", "low", "high"]] = float("nan")
    figures.loc[where, "women_status"] = status
    return replace(compared, figures=figures)


def csv_of(shown):
    return b64decode(re.search(r"text/csv[^,]*,([^\"]+)", shown.html)[1]).decode("utf-8-sig")


@pytest.mark.parametrize("status", WORDS)
def test_why_there_is_no_figure_is_told_in_table_file_figure_and_words(compared, status):
    shown = show.comparison.items(with_status(compared, status))
    figure, table = shown.html.split("<table", 1)
    assert f">{WORDS[status]}</td>" in table
    assert f"{WORDS[status]}</text>" in figure
    assert f"stödet: {WORDS[status]}" in figure
    own = next(line for line in csv_of(shown).splitlines() if line.startswith(f"{WHOLE};Sjövalla"))
    assert status in own.split(";")
    assert sum(word in csv_of(shown) for word in WORDS if word != status) == 0


def test_the_answer_says_where_it_is_how_sure_it_is_and_that_others_are_invented(compared):
    shown = show.comparison.findings(compared)
    assert "i Sjövalla var nöjda" in shown.html
    assert "procentenheter är inte säkerställd" in shown.html
    assert (
        "Riket: −1\N{NO-BREAK SPACE}procentenhet. Den egna skillnaden kan vara lika stor"
        in shown.html
    )
    assert "påhittade" in shown.html


def test_a_year_without_figures_is_said_to_have_none(compared):
    shown = show.comparison.findings(with_status(compared, "secret"))
    assert "har inget tal för både kvinnor och män 2025" in shown.html


def test_only_established_gaps_are_ranked(compared):
    figures = compared.figures.copy()
    figures.loc[figures["place"] == "Kvarnliden", "established"] = True
    table = show.comparison.ranking(replace(compared, figures=figures)).html
    rows = re.findall(r"<th scope=\"row\"[^>]*>(\w+)</th><td[^>]*>(.)</td>", table)
    assert rows[0] == ("Kvarnliden", "1")
    assert {rank for _, rank in rows[1:]} == {"–"}


def test_only_the_one_question_in_the_last_year_is_judged(compared):
    table = show.comparison.trend(compared).html
    assert table.count("inte säkerställd") == 1
    assert "säkerställd" not in show.comparison.trend(compared, "U35539").html


def test_a_figure_without_a_known_number_has_no_interval_and_no_number_of_answers(compared):
    shown = show.comparison.trend(compared, "U31402")
    assert "Antal svar" not in shown.html and "intervall" not in shown.html
    assert "(–)" not in shown.html


def test_inhabitants_that_were_not_fetched_are_said_to_lack(compared):
    rows = compared.peers.rows
    without = replace(compared.peers, rows=rows[rows["source"] == "kolada"])
    shown = show.comparison.per_inhabitants(replace(compared, peers=without), {})
    assert "<table" not in shown.html and "inte hämtad" in shown.html


def test_a_line_is_broken_where_the_way_of_counting_changed_and_the_page_says_why(compared):
    shown = show.comparison.trend(compared, "U31402")
    assert "Brott i serien 2024: väntan räknas från ansökan" in shown.html
    rows = compared.figures[compared.figures["kpi"] == "U31402"]
    (axes,) = drawings.trend(rows, [2024], 7.2).axes
    years = [list(line.get_xdata()) for line in axes.lines]
    assert [2022, 2023] in years
    assert [2024, 2025] in years
    assert [2023, 2024] not in years


def test_open_data_are_published_and_the_own_survey_is_not(compared, monkeypatch):
    monkeypatch.setattr("helpers.data.provenance.read", {"published", "own"})
    sources = [
        shown._repr_mimebundle_()[MIME]["source"]
        for shown in (
            show.comparison.funnel(compared),
            show.comparison.pooled(compared),
            show.comparison.others(compared),
            show.comparison.survey_beside(compared, user_satisfaction.answer().published),
        )
    ]
    assert sources == ["published", "published", "published", "own"]


def test_a_municipality_without_any_figures_still_has_a_page(compared):
    rows = compared.peers.rows.copy()
    rows.loc[rows["source"] == "kolada", ["value", "status"]] = float("nan"), "missing"
    nothing = comparison.compare(replace(compared.peers, rows=rows))
    views = ("findings", "items", "trend", "funnel", "pooled", "ranking", "others")
    told = {view: getattr(show.comparison, view)(nothing).html for view in views}
    assert "har inget tal för både kvinnor och män" in told["findings"]
    assert "För få kommuner" in told["funnel"]
    assert "För få kommuner" in told["pooled"]
    assert "saknas</text>" in told["items"]


def test_a_snapshot_without_the_survey_is_told_how_to_get_it(compared):
    rows = compared.peers.rows[compared.peers.rows["kpi"] != WHOLE]
    with pytest.raises(PeersProblem, match="utan --kpi"):
        comparison.compare(replace(compared.peers, rows=rows))
