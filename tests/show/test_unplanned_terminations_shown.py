"""Unplanned endings on the page: whatever the cases hold, it is shown, and no small number is."""

import json
import re
from datetime import date

import pandas as pd
import pytest
from lxml import html as lxml
from placement_cases import DATES, safe

from helpers import show
from helpers.paths import SAMPLE
from helpers.questions import unplanned_terminations as question
from helpers.questions.unplanned_terminations import Window
from helpers.show.shown import MIME
from helpers.show.words import NBSP

WITHIN = Window(date(2022, 1, 1), date(2025, 12, 31))
LEAST = 5


@pytest.fixture(scope="module")
def cases():
    return pd.read_csv(SAMPLE / "placements.csv", parse_dates=DATES)


def page(cases):
    """Everything the notebook shows of the cases, by name."""
    counts, durations = safe(cases, WITHIN)
    gaps = question.gap(counts, durations)
    shown = show.unplanned_terminations
    return {
        "answer": show.answer(gaps),
        "counted": shown.counted(durations, WITHIN),
        "by care form": shown.by_care_form(counts),
        "by period": shown.by_period(counts),
        "incidence": shown.incidence(durations),
        "gap": show.gap(gaps),
        "gaps by care form": show.sensitivity(question.by_care_form(counts)),
        "like with like": shown.like_with_like(counts),
        "represented": shown.represented(counts),
        "in proportion": shown.in_proportion(counts),
    }


@pytest.fixture(scope="module")
def sample(cases):
    return page(cases)


def text(shown):
    """What can be read, without drawings and files."""
    words = re.sub(r'<svg.*?</svg>|base64,[^"]*', "", shown.html, flags=re.DOTALL)
    return words.replace(NBSP, " ")


def cells(shown):
    """Rows of the first table, by heading of the row."""
    rows = lxml.fromstring(f"<div>{text(shown)}</div>").xpath("//tbody/tr")
    return {r.xpath("th")[0].text: [d.text_content() for d in r.xpath("td")] for r in rows}


def alt(shown):
    return re.search(r'<svg role="img" aria-label="([^"]*)"', shown.html).group(1)


def test_who_is_counted_in_the_sample(cases, sample):
    found = cells(sample["counted"])
    for sex, name in (("K", "Kvinnor"), ("M", "Män")):
        own = cases.loc[cases["sex"] == sex, "ending"]
        ends = [(own == "planned").sum(), (own == "unplanned").sum(), own.isna().sum(), len(own)]
        assert found[name] == [str(n) for n in ends]
    title = sample["counted"].title.replace(NBSP, " ")
    assert title.endswith("1 januari 2022 till 31 december 2025")


def test_65_per_cent_stand_with_their_denominators(sample):
    title = sample["represented"].title.replace(NBSP, " ")
    assert title == (
        "I familjehem för vuxna har kvinnor 65 % av de oplanerade avsluten, "
        "50 % av placeringarna och 41 % av placeringsdagarna"
    )
    assert cells(sample["represented"])["Familjehem för vuxna"][0] == "13 av 20"
    women, men, _ = cells(sample["by care form"])["Familjehem för vuxna"]
    assert "(13 avslut på 24,2 år)" in women
    assert "(7 avslut på 34,3 år)" in men


def test_the_drawing_says_in_words_what_it_shows(sample):
    said = alt(sample["represented"]).replace(NBSP, " ")
    for group in ("Alla", "Externt boende med stöd", "Familjehem för vuxna", "Övriga vårdformer"):
        assert f"{group}: " in said
    assert "65 % av de oplanerade avsluten, 50 % av placeringarna" in said
    assert "Kurvor för kvinnor och män" in alt(sample["incidence"])


def test_forms_and_years_put_together_are_named(sample):
    assert "HVB och stödboende redovisas tillsammans" in text(sample["by care form"])
    assert list(cells(sample["by period"])) == ["2022–2023", "2024", "2025"]


def test_curves_are_about_placements_and_not_the_queue(sample):
    html = sample["incidence"].html
    assert "Månader efter starten" in html
    assert "Antal som pågår" in html
    assert "kön" not in re.sub("Kön", "", text(sample["incidence"]))
    assert "Antal kvar i kön" not in html


def test_the_doubt_about_one_ratio_for_all_is_told(sample):
    said = text(sample["like with like"])
    assert "Det är inte säkerställt att kvoten skiljer sig mellan vårdformerna" in said
    assert "överspridning är 1,7" in said
    assert "ur 2 frihetsgrader" in said


HARD = {
    "the sample": lambda cases: cases,
    "women only": lambda cases: cases[cases["sex"] == "K"],
    "all go on": lambda cases: cases.assign(ended_on=pd.NaT, ending=None),
    "all unplanned": lambda cases: cases.assign(
        ending=cases["ending"].mask(cases["ended_on"].notna(), "unplanned")
    ),
    "one form": lambda cases: cases[cases["care_form"] == "HVB"],
    "few women": lambda cases: pd.concat(
        [cases[cases["sex"] == "M"], cases[cases["sex"] == "K"].head(6)]
    ),
    "the last year": lambda cases: cases[cases["started_on"] >= "2025-01-01"],
    "few": lambda cases: cases.head(8),
    "nobody": lambda cases: cases.head(0),
}


@pytest.mark.parametrize("change", HARD.values(), ids=HARD)
def test_the_notebook_is_shown_whatever_the_cases(cases, change):
    for shown in page(change(cases)).values():
        json.dumps(shown._repr_mimebundle_(), allow_nan=False)
        said = text(shown)
        assert not re.search(r"nan\b|NaN|None|\binf\b|[( ]-\d", said)
        assert "ingen skillnad" not in said.lower()
        counts = re.findall(r"(\d+) av (\d+)\b(?! skillnader)|(\d+) avslut", said)
        assert all(not n or int(n) == 0 or int(n) >= LEAST for row in counts for n in row)
        _no_small_count(shown._repr_mimebundle_()[MIME])


def _no_small_count(published):
    counted = {"n", "placements", "unplanned", "women", "both", "at_risk"}
    for name in ("rates", "counted", "shares", "table", "curve", "representation"):
        table = published.get(name, {"columns": [], "rows": []})
        for row in table["rows"]:
            values = dict(zip(table["columns"], row, strict=True))
            for column in counted & set(values):
                n = values[column]
                assert not isinstance(n, int) or n == 0 or n >= LEAST
