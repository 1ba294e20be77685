"""Pages on a phone and on paper: short, whole, and in type that can be read."""

import re

import pytest
from reader import PAGES

READ = [name for name in PAGES if not name.startswith("reports/reference/")]
QUESTIONS = [name for name in PAGES if name.startswith("notebooks/")]
SCREEN = 844
TYPE = """() => {
  const seen = [...document.querySelectorAll("body *")].filter(part => part.checkVisibility()
    && [...part.childNodes].some(node => node.nodeType === 3 && node.textContent.trim()));
  const scale = part => {
    const turned = part.getScreenCTM?.();
    return turned ? Math.hypot(turned.a, turned.b) : 1;
  };
  return seen.map(part => [parseFloat(getComputedStyle(part).fontSize) * scale(part),
    part.textContent]).filter(([size]) => size < 11.99);
}"""
CUT = """[...document.querySelectorAll("svg text")].filter(text => {
  const own = text.getBoundingClientRect(), all = text.closest("svg").getBoundingClientRect();
  return own.width && (own.left < all.left - 2 || own.right > all.right + 2
    || own.top < all.top - 2 || own.bottom > all.bottom + 2);
}).map(text => text.textContent)"""
SIDEWAYS = """[...document.querySelectorAll("main *")].filter(part => part.checkVisibility()
  && /auto|scroll/.test(getComputedStyle(part).overflowX) && part.scrollWidth > part.clientWidth)
  .map(part => part.outerHTML.slice(0, 80))"""
UNSTACKED = """[...document.querySelectorAll(".lv-table tbody td")].filter(cell => cell.offsetWidth)
  .filter(cell => {
    const box = cell.getBoundingClientRect(), said = getComputedStyle(cell, "::before").content;
    const transposed = cell.closest(".lv-short");
    return box.left < 0 || box.right > innerWidth
      || !(transposed || said.startsWith(JSON.stringify(cell.dataset.label)));
  }).map(cell => cell.textContent)"""
HEADINGS = re.compile(rb"/Dest \[\d+ 0 R /XYZ \S+ (\S+) ")
FOOT = (70, 100)
"""Points from the edge of the sheet: its margin and a heading, and two lines more."""


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_phone_comes_to_the_method_within_six_screens(reader, name):
    page = reader(390).open(name, unfolded=False)
    method = page.get_by_role("heading", name="Metod i fyra meningar")
    assert method.bounding_box()["y"] <= 6 * SCREEN


@pytest.mark.parametrize("name", READ)
def test_type_is_12_pixels_or_more_on_a_phone_and_whole_in_every_figure(reader, name):
    page = reader(390).open(name)
    assert page.evaluate(TYPE) == []
    assert page.evaluate(CUT) == []


@pytest.mark.parametrize("name", QUESTIONS)
def test_no_figure_cuts_its_text_on_a_wide_page(reader, name):
    assert reader().open(name).evaluate(CUT) == []


@pytest.mark.parametrize("name", READ)
def test_a_phone_shows_every_cell_with_its_heading_and_scrolls_no_table(reader, name):
    page = reader(390).open(name)
    assert page.evaluate(UNSTACKED) == []
    assert page.evaluate(SIDEWAYS) == []
    for table in page.locator(".lv-table").all():
        heads = table.get_by_role("columnheader").count()
        assert heads == table.locator("thead th").count()


@pytest.mark.parametrize("name", QUESTIONS)
def test_one_switch_shows_the_code_and_nothing_else_tells_of_it(reader, name):
    page = reader(390).open(name, unfolded=False)
    code = page.locator("pre")
    assert code.count()
    assert code.filter(visible=True).count() == 0
    assert page.get_by_text("koden").filter(visible=True).all_inner_texts() == ["Visa koden"]
    page.get_by_role("button", name="Visa koden").press("Enter")
    assert code.filter(visible=True).count() == code.count()
    page.get_by_role("button", name="Dölj koden").press("Enter")
    assert code.filter(visible=True).count() == 0


@pytest.mark.parametrize("name", READ)
def test_no_heading_is_left_at_the_foot_of_a_sheet(reader, name):
    page = reader().open(name)
    paper = page.pdf(prefer_css_page_size=True, outline=True, tagged=True)
    tops = [float(top) for top in HEADINGS.findall(paper)]
    assert len(tops) == page.locator("main :is(h1, h2, h3, h4)").count()
    assert not [top for top in tops if FOOT[0] < top < FOOT[1]]


def test_paper_holds_what_a_phone_folds(reader):
    page = reader(390).open("notebooks/queue-times.html", unfolded=False)
    table = page.locator(".lv-fold > .lv-fit > table").first
    assert not table.is_visible()
    page.emulate_media(media="print")
    try:
        assert table.evaluate("table => table.checkVisibility({ contentVisibilityAuto: true })")
        assert not page.locator(".code-fold").first.is_visible()
    finally:
        page.emulate_media(media="screen")
