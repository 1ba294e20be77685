"""What the page on violence found says, draws and gives away."""

import json

import pandas as pd
import pytest
from read_shown import downloaded, read
from screening_cases import many, tallied

from helpers import read_cases, read_tables, show, violence_found
from helpers.paths import ROOT
from helpers.show.shown import MIME


@pytest.fixture(scope="module")
def few():
    return violence_found.protect(tallied(*many("K", 10, 20, 22), *many("M", 10, 40, 60)))


def plain(text):
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_each_sex_has_its_own_number(violence_gaps):
    headline, published = violence_gaps.headline, violence_gaps.published
    women, men = (f"{100 * level:.0f}" for level in (headline.women, headline.men))
    said = f"Av 100 kvinnor berättar {women} om våld inom tre månader, av 100 män {men}"
    assert show.violence_found.outcomes(published).title == said
    rows = downloaded(show.violence_found.counted(published))
    for sex, row in zip(("K", "M"), rows, strict=False):
        assert row["Inte tillfrågad"] == str(published.cell("stages", sex=sex, stage="not asked"))


def test_where_the_gap_arises_is_said_only_where_it_is_known(violence_gaps, few):
    assert "av skillnaden uppstår" in show.violence_found.where(violence_gaps).title
    assert "För få" in show.violence_found.where(violence_found.gaps(few)).title
    assert "För få" in show.violence_found.outcomes(few).title


def test_before_and_after_a_milestone_as_a_table_with_intervals():
    milestones = read_tables("milestones")["milestones"]
    days = milestones["date"].dt.date.tolist()
    published = violence_found.protect(
        violence_found.tally(read_cases("screening"), milestones=days)
    )
    shown = show.violence_found.around(published, milestones)
    table = read(shown)
    assert table["Kön"].tolist() == ["Kvinnor", "Män"]
    assert all(table["Milstolpe"] == "Utbildning i att fråga om våld (2024-01-15)")
    assert table["Före"].str.contains("till").all()
    json.dumps(shown._repr_mimebundle_()[MIME])


def test_without_milestones_or_with_too_few_the_page_says_so(few):
    none = pd.DataFrame(columns=["date", "title"])
    assert "Ingen milstolpe" in show.violence_found.around(few, none).html


def test_the_first_sentence_says_that_more_found_is_not_more_violence():
    page = json.loads((ROOT / "notebooks" / "violence-found.ipynb").read_text(encoding="utf-8"))
    first = "".join(page["cells"][1]["source"])
    assert first.startswith("Att mer våld upptäcks betyder inte att det finns mer våld.")
