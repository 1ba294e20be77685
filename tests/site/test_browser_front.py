"""The front page on a phone and on paper, and the table of all measures by keyboard."""

import re

import pytest

from helpers.questions import QUESTIONS

pytestmark = pytest.mark.xdist_group("browser")

PHONE = 844
SMALL = """[...document.querySelectorAll(".lv-card svg")].map(svg => 10 / 72 * 96
  * svg.getBoundingClientRect().width / (parseFloat(svg.getAttribute("width")) / 72 * 96))"""
SHOWN = """[...document.querySelectorAll("main tbody td:first-of-type")]
  .filter(cell => cell.checkVisibility()).length"""


def test_a_card_fits_the_screen_of_a_phone_with_text_that_can_be_read(reader):
    page = reader(390).open("index.html")
    heights = page.evaluate("[...document.querySelectorAll('.lv-card')].map(c => c.offsetHeight)")
    assert len(heights) == len(QUESTIONS)
    assert max(heights) <= PHONE
    assert min(page.evaluate(SMALL)) >= 12


def test_the_front_page_is_one_sheet_of_paper(reader):
    page = reader().open("index.html")
    page.emulate_media(media="print")
    paper = page.pdf(format="A4")
    page.emulate_media(media="screen")
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1


def test_all_measures_are_filtered_by_keyboard(reader):
    page = reader().open("reports/all-measures.html")
    whole = page.evaluate(SHOWN)
    status = page.get_by_role("status")
    assert status.inner_text() == f"{whole} av {whole} mått visas."
    page.get_by_label("Ord att söka efter").focus()
    page.keyboard.type("Förlängd 24")
    assert 0 < page.evaluate(SHOWN) < whole
    assert status.inner_text() == f"{page.evaluate(SHOWN)} av {whole} mått visas."
    page.get_by_label("Ord att söka efter").fill("")
    page.get_by_label("Fråga").focus()
    page.keyboard.press("ArrowDown")
    groups = page.locator("main tbody").filter(visible=True)
    assert groups.count() == 1
    assert "Väntar kvinnor längre" in groups.inner_text()
    page.reload()


def test_all_measures_are_whole_without_scripts(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}reports/all-measures.html")
    assert page.locator("main tbody").filter(visible=True).count() == len(QUESTIONS)
    assert not page.locator("#lv-filter").is_visible()
    context.close()
