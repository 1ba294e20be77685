"""What the page on extensions says, draws and gives away."""

import io
import re
from base64 import b64decode

import pandas as pd
import pytest
from extension_cases import published

from helpers import extensions, read_cases, show
from helpers.show import words
from helpers.show.shown import MIME

WOMEN, MEN = (10, 140, 20, 40), (10, 100, 20, 80)


@pytest.fixture(scope="module")
def counts():
    return published(WOMEN, MEN)


@pytest.fixture(scope="module")
def gaps(counts):
    return extensions.gaps(counts)


def plain(text):
    return text.replace("\N{NO-BREAK SPACE}", " ")


def alt(shown):
    return plain(re.search(r'<svg[^>]*aria-label="([^"]*)"', shown.html)[1])


def rows(shown):
    """The cells of each row of the page's table."""
    table = shown.html[shown.html.index("<tbody") :]
    found = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in table.split("<tr")[1:]]
    return [[plain(cell).replace("&lt;", "<") for cell in row] for row in found]


def download(shown):
    content = re.search(r'\.csv"[^>]*base64,([^"]*)"', shown.html)[1]
    return pd.read_csv(io.BytesIO(b64decode(content)), sep=";", decimal=",", encoding="utf-8-sig")


def test_who_is_counted_by_sex_and_stage():
    shown = show.extensions.counted(published((2, 70, 5, 0), (0, 50, 10, 40)))
    assert plain(shown.title) == "Personer som räknas, till och med 31 december 2025"
    assert rows(shown) == [
        ["Kvinnor", "< 5", "5", "70", "< 5", "77"],
        ["Män", "40", "10", "50", "< 5", "100"],
        ["Båda", "40", "15", "120", "< 5", "177"],
    ]
    assert download(shown)["Går inte att bedöma än"].tolist() == [2, 0, 2]


def test_a_group_too_small_to_describe_has_points_for_numbers():
    shown = show.extensions.counted(published((0, 5, 2, 2), (0, 50, 10, 40)))
    assert rows(shown)[0] == ["Kvinnor", *[".."] * 5]


def test_what_becomes_of_100_women_and_of_100_men(counts):
    shown = show.extensions.outcomes(counts)
    assert shown.title == "Av 100 kvinnor får 20 placeringen förlängd, av 100 män 40"
    women = ["Kvinnor", "20 %", "10 %", "70 %", "200"]
    assert rows(shown) == [women, ["Män", "40 %", "10 %", "50 %", "200"]]
    assert "Kön: Kvinnor, Förlängdes: 20 %, Fick avslag: 10 %, Sökte inte: 70 %" in alt(shown)
    assert download(shown).set_index("Kön").loc["Kvinnor"].tolist() == [0.2, 0.1, 0.7, 200]
    assert shown.published["outcomes"].set_index("sex").loc["M", "granted"] == 0.4
    assert shown.html.index("Kvinnor (200 personer)") < shown.html.index("Män (200 personer)")


def test_the_split_shows_the_whole_gap_and_each_step_s_part(gaps):
    shown = show.extensions.split(gaps)
    assert plain(shown.title) == "73 % av skillnaden uppstår när ansökan görs"
    whole, apply, grant = rows(shown)
    assert [row[1] for row in (whole, apply, grant)] == ["−20,0", "−14,7", "−5,3"]
    assert apply[0] == "Den del av skillnaden som uppstår när ansökan görs"
    ends = [gaps.headline.low, gaps.headline.high]
    assert whole[2] == " till ".join(plain(words.points(100 * end)) for end in ends)
    assert "Den del av skillnaden som uppstår när ansökan avgörs: −5 procentenheter" in alt(shown)
    values = download(shown)
    assert values["Värde"].tolist() == pytest.approx([-20, -14.6667, -5.3333])
    assert values["Kvinnor"].tolist() == pytest.approx([20, 30, 66.6667])
    assert values["Män"].tolist() == pytest.approx([40, 50, 80])


@pytest.mark.parametrize(
    ("women", "men", "title"),
    [
        (WOMEN, MEN, "73 % av skillnaden uppstår när ansökan görs"),
        (MEN, WOMEN, "73 % av skillnaden uppstår när ansökan görs"),
        ((0, 140, 40, 40), (0, 155, 10, 130), "av skillnaden uppstår när ansökan avgörs"),
        ((0, 40, 100, 60), (0, 120, 10, 130),
         "Skillnaden uppstår när ansökan avgörs, och minskar när ansökan görs"),
        ((0, 140, 20, 40), (0, 138, 21, 41),
         "Det går inte att säga i vilket steg en skillnad uppstår"),
        ((0, 140, 4, 5), MEN, "För få för att säga i vilket steg en skillnad uppstår"),
    ],
)  # fmt: skip
def test_where_the_gap_arises_is_said_only_where_it_is_established(women, men, title):
    gaps = extensions.gaps(published(women, men))
    shown = show.extensions.where(gaps)
    assert plain(shown.title).endswith(title)
    assert shown.title == show.extensions.split(gaps).title
    assert f"{shown.title}." in shown.html


def test_an_established_gap_of_which_neither_part_is_has_no_place():
    gaps = extensions.gaps(published((0, 120, 40, 40), (0, 102, 36, 62)))
    assert gaps.headline.high < 0
    said = show.extensions.where(gaps).title
    assert said == "Det går inte att säga i vilket steg en skillnad uppstår"


def test_no_step_is_drawn_where_the_applicants_are_too_few():
    gaps = extensions.gaps(published((0, 140, 4, 5), MEN))
    shown = show.extensions.split(gaps)
    assert "<svg" not in shown.html
    assert ".." in rows(show.gap(gaps))[3]


@pytest.mark.parametrize("women", [(0, 0, 0, 0), (40, 7, 1, 1)])
def test_too_few_women_give_a_sentence_and_no_figure(women):
    counts = published(women, MEN)
    outcomes = show.extensions.outcomes(counts)
    assert outcomes.title == "För få för att säga vad som händer med placeringarna"
    assert "<svg" not in outcomes.html
    assert "<table" in show.extensions.counted(counts).html


def test_the_answer_of_the_sample_and_its_records_hold_what_is_published():
    published = extensions.protect(extensions.tally(read_cases("extensions"), ["sex", "period"]))
    gaps = extensions.gaps(published)
    answer = show.answer(gaps)
    assert answer.title.startswith("Kvinnor får placeringen förlängd mer sällan än män: ")
    record = answer._repr_mimebundle_()[MIME]
    assert {gap["measure"]["code"] for gap in record["gaps"]} >= {"extended", "days granted"}
    assert set(record["published"]["tables"]) == set(published.tables)
    assert len(rows(show.gap(gaps))) == len(gaps)
