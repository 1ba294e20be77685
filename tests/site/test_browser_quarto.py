"""What Quarto writes around a page, so far as it can be tried without Quarto."""

import json
from functools import cache, partial

import pytest
from axe_playwright_python.sync_playwright import Axe
from poured import pour
from reader import LOOKS, PAGES, Reader, served
from test_browser_keyboard import CONTROLS
from test_browser_pages import AXE

from helpers.site.scan import scan_site

FRAMED = ["index.html", "notebooks/queue-times.html", "reports/how-it-is-made.html"]
"""Cards, figures with tables, and long words; the frame is the same on every page."""
TOP = "name => document.querySelector(name).getBoundingClientRect().top"
CONTENTS = """[...document.querySelectorAll("[role=doc-toc]")]
  .filter(part => part.checkVisibility()).map(part => part.getAttribute("aria-label"))"""


@pytest.fixture(scope="module")
def framed(real_site, tmp_path_factory):
    site = tmp_path_factory.mktemp("framed") / "site"
    pour(real_site, site)
    return site


@pytest.fixture(scope="module")
def reader(browser, framed):
    with served(framed) as url:
        yield cache(partial(Reader, browser, url))


@pytest.mark.parametrize(("width", "scheme"), LOOKS[::3])
@pytest.mark.parametrize("name", FRAMED)
def test_axe_finds_no_violation(reader, name, width, scheme):
    page = reader(width, scheme).open(name)
    found = Axe().run(page, options=AXE).response["violations"]
    assert not [(rule["id"], node["html"]) for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize("name", PAGES)
def test_a_narrow_page_scrolls_only_down(reader, name):
    page = reader(390).open(name)
    assert page.evaluate("document.documentElement.scrollWidth") == 390


@pytest.mark.parametrize("width", [1400, 390])
@pytest.mark.parametrize("name", FRAMED)
def test_tab_goes_through_every_control_and_first_past_the_menu(reader, name, width):
    page = reader(width).open(name)
    controls = page.evaluate(CONTROLS)
    for _ in controls:
        page.keyboard.press("Tab")
    stops = page.evaluate("stops")
    assert "Hoppa till innehållet" in controls[0]
    assert [place for place, _ in stops] == list(range(len(controls)))
    assert [controls[place] for place, seen in stops if not seen] == []


@pytest.mark.parametrize("width", [1400, 390])
def test_the_contents_are_listed_once_at_every_width(reader, width):
    page = reader(width).open("notebooks/queue-times.html")
    assert page.evaluate(CONTENTS) == ["På denna sida"]


def test_the_banner_is_on_top_also_without_scripts(reader, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(reader().base)
    assert page.evaluate(TOP, "#quarto-announcement") == 0 < page.evaluate(TOP, ".navbar")
    assert "Påhittade exempeldata" in page.inner_text("#quarto-announcement")
    context.close()


def test_the_front_page_is_one_sheet_of_paper(reader):
    paper = reader().open("index.html").pdf(format="A4")
    assert paper.count(b"/Type /Page\n") == 1


def test_pages_ask_only_their_own_site(reader):
    ours = reader()
    for name in PAGES:
        ours.open(name)
    assert [url for url in ours.requests if not url.startswith((ours.base, "data:"))] == []


def test_the_gate_reads_the_frame_and_an_index_that_quarto_would_write(framed):
    """`search.json`: project/types/website/website-search.ts in quarto-cli."""
    assert scan_site(framed) == []
    entry = {"href": "index.html", "title": "Läget", "text": "Klient 19811218-9876 väntar"}
    (framed / "search.json").write_text(json.dumps([entry]), encoding="utf-8")
    assert [finding.rule for finding in scan_site(framed)] == ["personal-identity-number"]
    (framed / "search.json").unlink()
