"""The report on a delivery says what can be answered, and shows no row."""

import pandas as pd
import pytest
from lxml import html

from helpers.data.quality import examine
from helpers.paths import SAMPLE
from helpers.site import data_report


@pytest.fixture
def delivery(tmp_path):
    """A queue as it should be, and placements of which one ends before it begins."""
    (tmp_path / "queue.csv").write_bytes((SAMPLE / "queue.csv").read_bytes())
    placements = pd.read_csv(SAMPLE / "placements.csv", dtype="string")
    placements.loc[0, ["ended_on", "ending"]] = ["2001-01-01", "planned"]
    placements.to_csv(tmp_path / "placements.csv", index=False)
    return examine(tmp_path)


def test_each_question_is_said_to_be_answered_or_what_it_lacks(delivery):
    told = "\n".join(data_report.told(delivery))
    assert "Väntar kvinnor längre än män på en bostad? kan besvaras." in told
    assert "oftare oplanerat? kan inte besvaras förrän felen är rättade i placements." in told
    assert "lika nöjda med stödet? kan inte besvaras: survey saknas." in told
    assert "access_on saknas: 42 % av kvinnornas rader, 40 % av männens" in told.replace(
        "\xa0", " "
    )


def test_few_women_or_men_are_said_beforehand(tmp_path):
    pd.read_csv(SAMPLE / "queue.csv").head(6).to_csv(tmp_path / "queue.csv", index=False)
    told = "\n".join(data_report.told(examine(tmp_path)))
    assert "kan besvaras, men kvinnorna eller männen är så få" in told


def test_the_page_has_the_same_and_its_findings_and_no_value(delivery):
    written = data_report.page(delivery)
    page = html.fromstring(written)
    text = " ".join(page.text_content().split())
    assert "Rapporten är hemlig" in text
    assert "placements: slut före start (1 rad). Rätta datumen." in text
    assert "Tabellen kan inte användas förrän det här är rättat:" in text
    (table,) = page.xpath('//table[.//th[contains(., "access_on")]]')
    assert [cell.text for cell in table.xpath(".//tr[1]/th")] == ["Uppgift", "kvinnor", "män"]
    assert "B0001" not in written
    assert "P0001" not in written


def test_the_same_delivery_gives_the_same_page(delivery):
    assert data_report.page(delivery) == data_report.page(delivery)
