"""Unplanned endings on the page: the right numbers for the right sex, whatever the cases hold."""

import json
import re
from base64 import b64decode
from io import BytesIO

import pandas as pd
import pytest
from lxml import html as lxml
from placement_cases import many, placements

from helpers import read_cases, show
from helpers.data import sample
from helpers.data.codes import FAMILY_HOME
from helpers.disclosure import EVERYONE, Group
from helpers.questions.unplanned_terminations import gaps, protect, tally
from helpers.show.words import NBSP

HOSTILE = '<img src=x onerror=1> & "HVB"'


def published_of(cases, **more):
    return protect(tally(cases, ["sex", "care_form"], **more))


def page(published):
    """Everything the notebook shows, by name."""
    found, views = gaps(published), show.unplanned_terminations
    return {
        "answer": show.answer(found),
        "counted": views.counted(published),
        "by care form": views.by_care_form(found),
        "incidence": views.incidence(published),
        "gap": show.gap(found.of(group="all")),
        "in care forms": show.gap(found.of(measure=found.headline.measure.code)),
        "like with like": views.like_with_like(found),
        "represented": views.represented(published),
    }


@pytest.fixture(scope="module")
def published():
    return published_of(read_cases("placements"))


@pytest.fixture(scope="module")
def shown(published):
    return page(published)


def text(one):
    """What can be read, without drawings and files."""
    words = re.sub(r'<svg.*?</svg>|base64,[^"]*', "", one.html, flags=re.DOTALL)
    return words.replace(NBSP, " ")


def cells(one):
    """Cells of each row of the first table, by the row's heading."""
    rows = lxml.fromstring(f"<div>{text(one)}</div>").xpath("//tbody/tr")
    return {r.xpath("th")[0].text: [d.text_content() for d in r.xpath("td")] for r in rows}


def downloaded(one):
    """Read the file offered for Excel."""
    return pd.read_excel(BytesIO(b64decode(re.findall(r"base64,([^\"]*)", one.html)[1])))


def test_placements_are_counted_by_sex_and_ending(published, shown):
    ended = {
        sex: [
            published.count("ended", sex, ending=ending)
            for ending in ("planned", "unplanned", "ongoing")
        ]
        for sex in ("K", "M", "total")
    }
    found = cells(shown["counted"])
    assert found["Kvinnor"] == [str(n) for n in ended["K"]]
    assert found["Män"] == [str(n) for n in ended["M"]]
    assert downloaded(shown["counted"]).iloc[:, 1:].to_numpy().tolist() == [*ended.values()]


def test_rates_stand_with_endings_people_and_years(published, shown):
    time = published.tables["time"].set_index(["group", "sex"])[["n", "years"]]
    for group, label in ((EVERYONE, "Alla"), (Group("care_form", FAMILY_HOME), FAMILY_HOME)):
        row = cells(shown["by care form"])[label[0].upper() + label[1:]]
        for sex, said in zip("KM", row[:2], strict=True):
            n, years = time.loc[(group.value, sex)]
            people = published.people(sex, group)
            assert (
                f"{round(100 * n / years)} per 100 år ({n} av {people} personer, {years} år)"
                in (said)
            )
    data = downloaded(shown["by care form"])
    women, men = (time.loc[("all", sex)] for sex in "KM")
    assert data["Kvinnor"][0] == pytest.approx(100 * women["n"] / women["years"], abs=1e-4)
    assert data["Män"][0] == pytest.approx(100 * men["n"] / men["years"], abs=1e-4)


def test_small_counts_are_written_so_and_downloaded_as_they_are():
    few = [*many("K", "HVB", 0, 90, 365), *many("M", "HVB", 90, 90, 365)]
    published = published_of(placements(*few))
    found = page(published)
    assert cells(found["counted"])["Kvinnor"][1] == "< 5"
    assert downloaded(found["counted"]).iloc[0, 2] == 0
    assert "(< 5 av " in cells(found["by care form"])["HVB"][0]


def test_curves_are_about_placements_and_not_the_queue(published, shown):
    assert "Månader efter starten" in shown["incidence"].html
    level = published.landmarks("unplanned", "K")[182]
    six = [row for row in text(shown["incidence"]).split("<tr") if '"rowheader">6<' in row]
    assert f"{round(100 * level.estimate.value)} %" in six[0]
    assert "Kvinnor" in six[0]


def test_like_is_set_beside_the_crude_ratio(published, shown):
    found = gaps(published)
    rows = list(cells(shown["like with like"]).values())
    said = [f"{gap.estimate:.2f}".replace(".", ",") for gap in found[:3]]
    assert [re.search(r"kvot (\S+)", row[0]).group(1) for row in rows] == said


def test_womens_shares_stand_with_their_denominators(published, shown):
    ended = published.tables["ended"].query("group == @FAMILY_HOME")
    endings = ended[ended["ending"] == "unplanned"].set_index("sex")["n"]
    placed, years = (
        table.groupby("sex")[column].sum()
        for table, column in (
            (ended, "n"),
            (published.tables["time"].query("group == @FAMILY_HOME"), "years"),
        )
    )
    shares = [round(100 * part["K"] / part.sum()) for part in (endings, placed, years)]
    title = shown["represented"].title.replace(NBSP, " ")
    assert title == (
        f"I familjehem för vuxna har kvinnor {shares[0]} % av de oplanerade avsluten, "
        f"{shares[1]} % av placeringarna och {shares[2]} % av placeringsdagarna"
    )
    assert cells(shown["represented"])["Familjehem för vuxna"] == [f"{n} %" for n in shares]
    alt = re.search(r'<svg role="img" aria-label="([^"]*)"', shown["represented"].html).group(1)
    assert title in alt.replace(NBSP, " ")
    assert "Sammantaget har kvinnor" in alt


def test_a_care_form_is_text_and_never_code():
    ended = {HOSTILE: (50, 10), "stödboende": (10, 50)}
    rows = [
        row
        for form, by_sex in ended.items()
        for sex, n in zip("KM", by_sex, strict=True)
        for row in many(sex, form, n, 60, 365)
    ]
    found = page(published_of(placements(*rows)))
    assert "<img" not in "".join(one.html for one in found.values())
    assert HOSTILE in cells(found["by care form"])
    assert HOSTILE in lxml.fromstring(found["answer"].html).text_content()


HARD = {
    "women only": lambda rows: rows[rows["sex"] == "K"],
    "all go on": lambda rows: rows.assign(ended_on=None, ending=None),
    "all unplanned": lambda rows: rows.assign(
        ending=rows["ending"].mask(rows["ended_on"].notna(), "unplanned")
    ),
    "one form": lambda rows: rows[rows["care_form"] == "HVB"],
    "the last year": lambda rows: rows[rows["started_on"] >= "2025-01-01"],
    "few": lambda rows: rows.head(8),
    "a small town": lambda _: sample.town(15, 60, seed=1)["placements"],
}


@pytest.mark.parametrize("change", HARD.values(), ids=HARD)
def test_the_notebook_is_shown_whatever_the_cases(change):
    rows = change(read_cases("placements").to_pandas())
    for one in page(published_of(read_cases("placements", rows), as_of=sample.AS_OF)).values():
        json.dumps(one._repr_mimebundle_(), allow_nan=False)
        assert not re.search(r"nan\b|NaN|None|\binf\b|[( ]-\d", text(one))
        assert "ingen skillnad" not in text(one).lower()


def test_a_small_town_says_that_care_forms_are_not_shown_apart():
    rows = sample.town(15, 60, seed=1)["placements"]
    found = page(published_of(read_cases("placements", rows), as_of=sample.AS_OF))
    assert "visas inte var för sig" in text(found["like with like"])
    assert list(cells(found["by care form"])) == ["Alla"]
