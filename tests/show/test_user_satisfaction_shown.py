"""The survey's page: seven items at a glance, each number where it belongs, small ones as such."""

import base64
import io
from dataclasses import replace

import pandas as pd
import pytest
from lxml import html as lxml
from survey_cases import answers, published

from helpers import show, user_satisfaction
from helpers.data.codes import SURVEY_ITEMS
from helpers.data.sample import town
from helpers.paths import SAMPLE
from helpers.show.words import NBSP

page = show.user_satisfaction
WHOLE = "U35543"


@pytest.fixture(scope="module")
def known():
    return published(pd.read_csv(SAMPLE / "survey.csv"), "year")


@pytest.fixture(scope="module")
def gaps(known):
    return user_satisfaction.gaps(known)


@pytest.fixture(scope="module")
def few():
    """A town where nobody but the men can be described."""
    return published(town(6, 40, seed=1)["survey"], "year")


def everything(known, gaps):
    return {
        "answer": show.answer(gaps),
        "others": page.others(gaps),
        "answered": page.answered(known),
        "items": page.items(gaps),
        "periods": page.periods(known),
        "whole scale": page.whole_scale(gaps),
        "gap": show.gap(gaps),
    }


@pytest.fixture(scope="module")
def shown(known, gaps):
    return everything(known, gaps)


def tree(shown):
    return lxml.fromstring(f"<div>{shown.html}</div>")


def table(shown):
    return [[cell.text_content() for cell in row] for row in tree(shown).xpath("//tbody/tr")]


def download(shown):
    [href] = tree(shown).xpath("//a[contains(@download, '.csv')]/@href")
    content = base64.b64decode(href.split(",")[1])
    return pd.read_csv(io.BytesIO(content), sep=";", decimal=",", encoding="utf-8-sig")


def test_women_and_men_are_told_apart_in_table_and_download(gaps, shown):
    for gap, row, (_, data) in zip(
        gaps[:7], table(shown["items"]), download(shown["items"]).iterrows(), strict=True
    ):
        assert row[1] == f"{round(100 * gap.women)}{NBSP}% ({gap.n_women})"
        assert row[2] == f"{round(100 * gap.men)}{NBSP}% ({gap.n_men})"
        assert (data["Antal kvinnor"], data["Antal män"]) == (gap.n_women, gap.n_men)
        assert data["Kvinnor"] == pytest.approx(100 * gap.women, abs=1e-3)


def test_women_and_men_are_told_apart_in_the_figure(gaps):
    """Women's points at their share, a little above the men's, as the key says."""
    figure = page.at_a_glance.draw({"a": gaps[0]}, "Andel", "för få", 7)
    bars = figure.axes[0].containers
    assert [bar.get_label() for bar in bars] == ["Kvinnor", "Män"]
    women, men = (bar.lines[0] for bar in bars)
    assert (women.get_xdata()[0], men.get_xdata()[0]) == (gaps[0].women, gaps[0].men)
    assert women.get_ydata()[0] < men.get_ydata()[0]
    assert women.get_color() != men.get_color()


def test_all_seven_are_shown_everywhere(shown):
    names = [SURVEY_ITEMS[item].label.capitalize() for item in user_satisfaction.MEASURES]
    for name in ("answered", "items", "whole scale"):
        assert [row[0] for row in table(shown[name])] == names
    assert len(table(shown["gap"])) == len(shown["answer"].published["gaps"]) == 25


def test_a_small_count_is_written_as_such_and_downloaded_as_it_is(known, shown):
    said, data = table(shown["answered"]), download(shown["answered"])
    women = known.cell("replies", sex="K", item=WHOLE, reply="inget svar")
    assert women < 5
    assert said[0][3] == f"<{NBSP}5"
    assert data["Kvinnor: inget svar"][0] == women


def test_who_answered_is_what_the_shares_are_of(gaps, shown):
    for row, gap in zip(table(shown["answered"]), gaps[:7], strict=True):
        assert (row[1], row[4]) == (str(gap.n_women), str(gap.n_men))
    people = [gaps.published.people(sex) for sex in "KM"]
    assert shown["answered"].title == "Enkäter från {} kvinnor och {} män".format(*people)


def test_a_year_of_too_few_is_two_points_and_not_drawn(known, shown):
    """In 2023 seven women and twelve men answered."""
    rows = {tuple(row[:3]): row[3:] for row in table(shown["periods"])}
    assert len(rows) == 7 * 4 * 2
    unknown = [key for key, row in rows.items() if row[0] == ".."]
    assert unknown
    assert {year for _, year, _ in unknown} == {"2023"}
    for item, scale in SURVEY_ITEMS.items():
        for sex, name in (("K", "Kvinnor"), ("M", "Män")):
            n = sum(
                known.cell("replies", group, sex=sex, item=item, reply=reply)
                for group in known.groups()
                if group.value == 2023
                for reply in ("positive", "not positive")
            )
            row = rows[scale.label.capitalize(), "2023", name]
            assert row[2] == (str(n) if n >= 10 else "..")
    drawn = show.user_satisfaction.panels.draw(shown["periods"].published["shares"], 7)
    assert len([axes for axes in drawn.axes if axes.get_visible()]) == 7


def test_the_six_others_are_told_by_their_p_values(gaps, shown):
    said = tree(shown["others"]).text_content()
    for gap in gaps[1:7]:
        assert (gap.measure.name in said) == (gap.p_value < 0.05)
    assert said.startswith("I 2 av de 6 andra frågorna")
    assert gaps.headline.measure.name not in said


def test_where_none_of_the_six_is_found_the_nearest_is_told(gaps):
    unsure = [
        gap if gap.headline else replace(gap, p_value=min(gap.p_value + 0.2, 1)) for gap in gaps
    ]
    said = page.others(type(gaps)(unsure, gaps.published)).html
    assert "I 0 av de 6" in said
    assert "Lägst p-värde har andel som har lätt att förstå informationen" in said


def test_whether_the_gap_has_changed_is_told_in_the_answer(shown):
    assert "inte densamma i alla grupper" not in shown["answer"].html
    more, less = ({"mycket nöjd": n, "mycket missnöjd": 100 - n} for n in (80, 20))
    turned = pd.concat([answers(more, less), answers(less, more, year=2025)])
    said = show.answer(user_satisfaction.gaps(published(turned, "year"))).html
    assert "Skillnaden är inte densamma i alla grupper" in said
    assert "år: 2025 −6" in said


def test_odds_ratios_lie_on_the_side_of_one_that_the_table_says(gaps, shown):
    for row, gap in zip(table(shown["whole scale"]), gaps[-7:], strict=True):
        assert row[-1].startswith(f"{gap.estimate:.2f} (".replace(".", ","))


def test_where_few_answer_it_is_said_and_years_are_not_shown(few):
    gaps = user_satisfaction.gaps(few)
    shown = everything(few, gaps)
    assert "för få för att säga" in shown["answer"].title
    assert "I 6 är svaren för få" in shown["others"].html
    assert "visas inte var för sig" in shown["periods"].html
    assert {row[1] for row in table(shown["items"])} == {".."}
    assert [row[1:4] for row in table(shown["answered"])] == [[".."] * 3] * 7
    assert len(table(shown["whole scale"])[0]) == 3
    drawn = tree(shown["items"]).xpath("(//svg)[1]")[0].text_content()
    assert drawn.count("för få svar") == 7
    for one in shown.values():
        assert "nan" not in tree(one).text_content().lower()
        assert one._repr_mimebundle_()


def test_the_bytes_are_the_same_every_time(known, gaps, shown):
    again = {"items": page.items(gaps), "periods": page.periods(known)}
    assert {name: one.html for name, one in again.items()} == {
        name: shown[name].html for name in again
    }
