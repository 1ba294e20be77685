"""Every page as it is seen: wide and narrow, light and dark, on screen and on paper."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from reader import LOOKS, PAGES

AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"],
    "resultTypes": ["violations"],
}
UNNAMED = """[...document.querySelectorAll("figure svg, .lv-wide svg, .lv-narrow svg")]
  .filter(svg => svg.getAttribute("role") !== "img" || !svg.getAttribute("aria-label")).length"""
DRAWINGS = """kind => [...document.querySelectorAll(kind)].map(part => part.offsetHeight > 0)"""
SPEECH = """[...document.querySelectorAll("main .content *")]
  .filter(part => part.closest("[lang]").lang !== "en" && part.innerText?.trim()).length"""

PROSE = """[...document.querySelectorAll("main p, main li, main dd, main figcaption")]
  .filter(part => !part.querySelector("p, li") && !part.closest("svg, nav, .toc-title"))
  .map(part => part.innerText.trim()).filter(text => /[.!?]$/.test(text)).join("\\n")"""
REFERENCE = "reports/reference/"

each_page = pytest.mark.parametrize("name", PAGES)
WHOLLY = ["index.html", "notebooks/queue-times.html"]
LOOKED_AT = [(name, *look) for name in PAGES for look in (LOOKS if name in WHOLLY else LOOKS[::3])]
"""Pages are of one kind: two in every look, the others in each width and each scheme once."""


@pytest.mark.parametrize(("name", "width", "scheme"), LOOKED_AT)
def test_axe_finds_no_violation(reader, name, width, scheme):
    page = reader(width, scheme).open(name)
    found = Axe().run(page, options=AXE).response["violations"]
    assert not [(rule["id"], node["html"]) for rule in found for node in rule["nodes"]]


@each_page
def test_a_narrow_page_scrolls_only_down(reader, name):
    page = reader(390).open(name)
    assert page.evaluate("document.documentElement.scrollWidth") == 390


@pytest.mark.parametrize(("width", "shown"), [(1400, ".lv-wide"), (390, ".lv-narrow")])
@each_page
def test_one_drawing_of_each_figure_is_seen(reader, name, width, shown):
    page = reader(width).open(name)
    seen = {kind: page.evaluate(DRAWINGS, kind) for kind in (".lv-wide", ".lv-narrow")}
    assert len(seen[".lv-wide"]) == len(seen[".lv-narrow"])
    assert all(all(parts) == (kind == shown) for kind, parts in seen.items() if parts)
    assert page.evaluate(UNNAMED) == 0


@pytest.mark.parametrize("name", [name for name in PAGES if not name.startswith(REFERENCE)])
def test_a_page_that_staff_read_is_easy_to_read(reader, name):
    """LIX under 45 (Björnsson 1968): words a sentence, plus long words in a hundred."""
    text = reader().open(name).evaluate(PROSE)
    words = re.findall(r"[^\W\d_]+", text)
    sentences = len(re.findall(r"[.!?](?=\s|$)", text))
    assert len(words) / sentences + 100 * sum(len(word) > 6 for word in words) / len(words) < 45


def test_the_pages_of_results_and_the_one_on_noise_have_figures(reader):
    drawn = [name for name in PAGES if reader().open(name).query_selector("main svg")]
    has_figures = ("index", "notebooks/", "reports/protection")
    assert drawn == [name for name in PAGES if name.startswith(has_figures)]


@each_page
def test_every_page_says_whose_data_and_how_new(reader, name):
    page = reader().open(name)
    assert page.locator("html").get_attribute("lang") == "sv"
    assert "Påhittade exempeldata" in page.inner_text("#quarto-announcement")
    assert "Uppgifter till och med" in page.inner_text(".lv-updated")
    assert "Senast uppdaterad" in page.inner_text(".lv-updated")
    assert page.locator("h1").count() == 1


@pytest.mark.parametrize("name", [name for name in PAGES if name.startswith(REFERENCE)])
def test_the_reference_is_marked_as_english(reader, name):
    assert reader().open(name).evaluate(SPEECH) == 0


@each_page
def test_paper_has_no_controls(reader, name):
    page = reader().open(name)
    page.emulate_media(media="print")
    try:
        for control in ("nav", "#theme-toggle", ".skip-link", ".lv-downloads", ".lv-search form"):
            assert not any(part.is_visible() for part in page.locator(control).all()), control
        assert page.locator("h1").is_visible()
        assert page.locator("#quarto-announcement").is_visible()
    finally:
        page.emulate_media(media="screen")
