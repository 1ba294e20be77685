"""What the page on extensions says, shows and gives away."""

import re
from datetime import date

import pandas as pd
import pytest
from extension_cases import DATES, counted
from extension_cases import safe as protected

from helpers import show
from helpers.paths import SAMPLE
from helpers.questions import extensions
from helpers.show.shown import MIME

AS_OF = date(2025, 12, 31)


@pytest.fixture(scope="module")
def safe():
    return protected(
        {
            name: pd.read_csv(SAMPLE / f"{name}.csv", parse_dates=dates)
            for name, dates in DATES.items()
        },
        AS_OF,
    )


@pytest.fixture(scope="module")
def page(safe):
    """Everything the notebook shows, by name."""
    gaps = extensions.gap(safe)
    return {
        "answer": show.answer(gaps),
        "where": show.extensions.answer(safe),
        "counted": show.extensions.counted(safe),
        "outcomes": show.extensions.outcomes(safe),
        "split": show.extensions.split(safe),
        "gaps": show.gap(gaps),
        "sensitivity": show.sensitivity(extensions.sensitivity(safe)),
        "periods": show.sensitivity(extensions.by_period(safe)),
    }


def alt(shown_part):
    return re.search(r'aria-label="([^"]*)"', shown_part.html[shown_part.html.index("<svg") :])[1]


def plain(text):
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_the_titles_say_what_the_figures_show(page):
    assert plain(page["split"].title) == "88 % av skillnaden uppstår när ansökan görs"
    assert page["outcomes"].title == "Av 100 placeringar förlängs 20 för kvinnor och 35 för män"
    assert page["answer"].title.startswith("Kvinnors placeringar förlängs mer sällan")


def test_the_answer_gives_each_step_with_its_interval(page):
    assert "när ansökan görs −13,2 (−21,2 till −5,3)" in plain(page["where"].html)
    assert "när ansökan avgörs −1,8 (−7,7 till +4,2)" in plain(page["where"].html)


def test_the_alternative_texts_hold_what_is_drawn(page):
    assert "Kön: Kvinnor, Förlängdes: 20 %, Fick avslag: 7 %, Sökte inte: 73 %" in plain(
        alt(page["outcomes"])
    )
    assert "Steg: När ansökan görs, Procentenheter: −13,2" in plain(alt(page["split"]))


def test_the_split_shows_each_order_too(page):
    table = page["split"].published["split"].set_index("step")
    assert table.loc["both", "value"] == pytest.approx(-15)
    for column in ("value", "apply_first", "grant_first", "share_value"):
        assert table.loc[["apply", "grant"], column].sum() == pytest.approx(
            table.loc["both", column]
        )
    assert table.loc["apply", "apply_first"] != pytest.approx(table.loc["apply", "grant_first"])


def whole_numbers(value):
    """Every whole number in what is published, however deep; not what counts are rounded to."""
    if isinstance(value, dict):
        return whole_numbers([part for name, part in value.items() if name != "base"])
    if isinstance(value, list):
        return [number for part in value for number in whole_numbers(part)]
    return [value] if isinstance(value, int) and not isinstance(value, bool) else []


def test_nothing_small_is_published(page):
    for part in page.values():
        numbers = whole_numbers(part._repr_mimebundle_()[MIME])
        assert not {1, 2, 3, 4} & {*numbers}
        assert not re.search(r"<td>[1-4]</td>|\([1-4]\)</td>", part.html)
    assert 24 in whole_numbers(page["counted"]._repr_mimebundle_()[MIME])


@pytest.mark.parametrize(
    ("women", "men", "title"),
    [
        ((10, 70, 10, 20), (10, 68, 11, 21), "är inte statistiskt säkerställd"),
        ((10, 70, 30, 50), (10, 30, 10, 110), "av skillnaden uppstår när ansökan görs"),
        ((10, 20, 60, 60), (10, 60, 10, 130), "Skillnaden uppstår när ansökan avgörs, "
         "och minskar när ansökan görs"),
        ((10, 70, 10, 3), (10, 70, 10, 20), "För få för att säga i vilket steg skillnaden uppstår"),
    ],
)  # fmt: skip
def test_the_split_says_no_more_than_the_intervals_allow(women, men, title):
    counts = counted(women, men)
    assert plain(show.extensions.split(counts).title).endswith(title)
    assert show.extensions.answer(counts).title == show.extensions.split(counts).title


@pytest.mark.parametrize("women", [(0, 0, 0, 0), (2, 3, 1, 1), (0, 70, 10, 0)])
def test_too_few_give_a_sentence_and_no_figure(women):
    counts = counted(women, (10, 50, 10, 40))
    outcomes, split = show.extensions.outcomes(counts), show.extensions.split(counts)
    assert outcomes.title.endswith("går inte att bedöma")
    assert split.title.startswith("För få")
    for part in (outcomes, split):
        assert "<svg" not in part.html
    assert "<table" in show.extensions.counted(counts).html
