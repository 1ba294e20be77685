"""The report as a page: whole, in Swedish, readable by anyone and on a narrow screen."""

from collections import Counter
from html.parser import HTMLParser

import pytest
from axe_playwright_python.sync_playwright import Axe

from helpers.site.finding import Finding
from helpers.site.gate import report

PLACE = f"notebooks/{'lång' * 30}.html, rad 61"
FOUND = [Finding("person-rows", PLACE, "Här står <b>ett</b> tal.", "Ta bort.")] * 3
PAGE = report.page(FOUND, "Filer som lästes: 19.")
VOID = {"meta", "br", "hr", "img", "link"}
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.seen = [], Counter()

    def handle_starttag(self, tag, attrs):
        self.seen[tag] += 1
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_every_element_is_closed_and_every_text_escaped():
    page = Tags()
    page.feed(PAGE)
    assert page.open == []
    assert (page.seen["h1"], page.seen["li"], page.seen["b"]) == (1, 3, 0)


def test_it_says_what_to_do_next():
    assert "kör likavard site igen" in PAGE
    assert "kör likavard release" in report.page([], "Filer som lästes: 19.")


def test_the_terminal_tells_ten_and_how_many_more():
    said = report.told(FOUND * 4, "_build/granskning.html")
    assert "10. notebooks/" in said
    assert "11. " not in said
    assert "… och 2 till." in said


@pytest.mark.xdist_group("browser")
@pytest.mark.parametrize("width", [390, 1400])
def test_anyone_can_read_it(browser, width):
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.set_content(PAGE)
    assert page.locator("html").get_attribute("lang") == "sv"
    assert not Axe().run(page, options=AXE).response["violations"]
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.close()
