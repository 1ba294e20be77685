"""What the page on goals says, draws and gives away."""

import pytest
from goal_cases import many, tallied
from read_shown import downloaded, read

from helpers import goals, show


@pytest.fixture(scope="module")
def few():
    """Two women, and men enough."""
    return goals.protect(tallied(*many("K", 1, 2), *many("M", 20, 40)))


def plain(text):
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_who_is_counted_by_sex_and_outcome(goal_gaps):
    published = goal_gaps.published
    shown = show.goals.counted(published)
    rows = downloaded(shown)
    assert plain(shown.title) == "Personer med en plan, till och med 31 december 2025"
    assert [row["Kön"] for row in rows] == ["Kvinnor", "Män", "Båda"]
    for sex, row in zip(("K", "M"), rows, strict=False):
        assert row["Nådde ett mål"] == str(published.cell("outcomes", sex=sex, outcome="reached"))


def test_what_becomes_of_100_first_plans_of_each_sex(goal_gaps):
    headline, shown = goal_gaps.headline, show.goals.outcomes(goal_gaps.published)
    women, men = (f"{100 * level:.0f}" for level in (headline.women, headline.men))
    assert shown.title == f"Av 100 kvinnor når {women} minst ett mål inom ett år, av 100 män {men}"
    table = read(shown).set_index("Kön")
    assert plain(table.loc["Kvinnor", "Nådde ett mål"]) == f"{women} %"
    assert plain(table.loc["Män", "Nådde ett mål"]) == f"{men} %"


def test_eight_areas_and_the_two_of_work_stand_in_one_figure(goal_gaps):
    table = read(show.goals.areas(goal_gaps))
    assert len(table) == 9
    assert table["Område"].iloc[[0, -1]].tolist() == [
        "Nykterhet",
        "Anställning eller sysselsättning",
    ]
    assert table["p-värde (Holm)"].iloc[-1] == "–"


def test_how_many_areas_are_beyond_chance_is_said_with_their_p_values(goal_gaps):
    said = plain(show.goals.beyond_chance(goal_gaps).html)
    assert "I 7 av de 8 områdena är skillnaden svår att skylla på slumpen" in said
    assert "andel med mål om nykterhet" in said and said.count("p-värde") == 7


def test_where_there_are_few_the_page_says_so(few):
    found = goals.gaps(few)
    assert "För få för att säga" in show.goals.outcomes(few).title
    assert "I 8 är personerna för få för att beskrivas." in show.goals.beyond_chance(found).html
    assert set(read(show.goals.areas(found))["Kvinnor (n)"]) == {".."}


def test_half_years_are_shown_only_where_there_are_many(few):
    assert "visas inte var för sig" in show.goals.trend(few).html
