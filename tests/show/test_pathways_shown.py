"""What the page on ways home says, draws and gives away."""

import pytest
from read_shown import downloaded, read
from stay_cases import many, tallied

from helpers import pathways, show


@pytest.fixture(scope="module")
def few():
    return pathways.protect(tallied(*many("K", 2, 4), *many("M", 20, 40)))


def plain(text):
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_who_left_an_institution_and_who_was_under_way(pathway_gaps):
    published = pathway_gaps.published
    rows = downloaded(show.pathways.counted(published))
    for sex, row in zip(("K", "M"), rows, strict=False):
        assert row["Redan på väg"] == str(published.cell("entered", sex=sex, entered="ongoing"))


def test_the_share_with_a_contract_is_the_same_in_the_figure_and_in_the_answer(pathway_gaps):
    table = read(show.pathways.states(pathway_gaps.published))
    own = table[(table["Boende"] == "Eget kontrakt") & (table["Efter"] == "24 mån")]
    levels = (pathway_gaps.headline.women, pathway_gaps.headline.men)
    assert [plain(each) for each in own["Andel"]] == [f"{100 * level:.0f} %" for level in levels]


def test_routes_are_bands_of_each_sex_as_wide_as_their_share():
    published = pathways.protect(tallied(*many("K", 30, 60), *many("M", 20, 80)))
    shown = show.pathways.routes(published)
    routes = shown.published["routes"]
    assert routes.groupby("sex")["share"].sum().tolist() == pytest.approx([1, 1])
    table = read(shown)
    assert {*table["Första steget"]} == {"Eget kontrakt", "Utan bostad"}
    drawn = shown.html
    assert "Kvinnor" in drawn and "Män" in drawn


def test_where_there_are_few_the_page_says_so(few):
    assert "För få har följts så länge" in show.pathways.routes(few).html
    table = read(show.pathways.states(few))
    assert set(table.loc[table["Kön"] == "Kvinnor", "Andel"]) == {".."}
    endings = read(show.pathways.endings(few))
    assert (endings.loc[endings["Kön"] == "Kvinnor", "Planerat"] == "..").all()
