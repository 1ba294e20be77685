"""The site without a mouse: everything that can be used is reached and seen."""

from pathlib import Path

import pytest
from reader import PAGES, Reader

from helpers.site.pandoc.render import render

CONTROLS = """() => {
  const usable = "a[href], button, input, select, summary, [tabindex]";
  window.controls = [...document.querySelectorAll(usable)]
    .filter(part => part.tabIndex === 0)
    .filter(part => part.checkVisibility({ visibilityProperty: true }));
  window.stops = [];
  addEventListener("focusin", ({ target }) => {
    const look = getComputedStyle(target), box = target.getBoundingClientRect();
    const ring = look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2;
    const inside = box.bottom > 0 && box.top < innerHeight
      && box.right > 0 && box.left < innerWidth;
    stops.push([controls.indexOf(target), ring && inside]);
  });
  return controls.map(part => part.outerHTML.slice(0, 120));
}"""


@pytest.mark.parametrize(("width", "scheme"), [(1400, "light"), (390, "dark")])
@pytest.mark.parametrize("name", PAGES)
def test_tab_goes_through_every_control_in_order(reader, name, width, scheme):
    page = reader(width, scheme).open(name)
    controls = page.evaluate(CONTROLS)
    for _ in controls:
        page.keyboard.press("Tab")
    stops = page.evaluate("stops")
    assert [place for place, _ in stops] == list(range(len(controls)))
    assert [controls[place] for place, seen in stops if not seen] == []


@pytest.mark.parametrize("name", PAGES)
def test_the_first_tab_offers_to_skip_to_the_content(reader, name):
    page = reader().open(name)
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.inner_text() == "Hoppa till innehållet"
    page.keyboard.press("Enter")
    page.wait_for_url("**#quarto-document-content")
    page.keyboard.press("Tab")
    assert page.locator("main :focus").count() == 1


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_what_is_folded_opens_from_the_keyboard(reader, key):
    page = reader(390).open("notebooks/queue-times.html", unfolded=False)
    folds = page.locator("details:not(.code-fold)")
    assert folds.evaluate_all("parts => parts.every(part => !part.open)")
    for fold in folds.all():
        fold.locator("> summary").focus()
        page.keyboard.press(key)
        assert fold.get_attribute("open") is not None


def test_the_chosen_theme_is_remembered(browser, address):
    page = Reader(browser, address, scheme="light").open("index.html")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.locator("#theme-toggle").focus()
    page.keyboard.press("Enter")
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert dark != light
    assert page.inner_text("#theme-toggle") == "Ljust läge"
    page.goto(address + PAGES[1])
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark
    page.keyboard.press("Tab")
    page.locator("#theme-toggle").press("Space")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == light


def test_arrows_move_between_tabs(browser, project, tmp_path: Path):
    render(project, tmp_path / "site")
    page = Reader(browser, f"{(tmp_path / 'site').as_uri()}/").open("reports/method.html")
    first, second = page.get_by_role("tab").all()
    first.focus()
    page.keyboard.press("ArrowRight")
    assert second.evaluate("tab => tab === document.activeElement")
    assert page.get_by_role("tabpanel").inner_text() == "Andra fliken."
    page.keyboard.press("Home")
    assert page.get_by_role("tabpanel").inner_text() == "Första fliken."
    assert first.get_attribute("aria-selected") == "true"


def test_the_matrix_is_sorted_by_its_headings_and_says_so(reader):
    page = reader().open("notebooks/county-mapping.html")
    names = page.locator(".lv-sortable tbody th")
    before = names.all_inner_texts()
    head = page.locator(".lv-sortable thead th").first
    head.get_by_role("button").press("Enter")
    assert head.get_attribute("aria-sort") == "ascending"
    assert names.all_inner_texts() == sorted(before)
    head.get_by_role("button").press("Space")
    assert head.get_attribute("aria-sort") == "descending"
    assert names.all_inner_texts() == sorted(before, reverse=True)


def test_no_heading_that_is_not_seen_is_reached_on_a_phone(reader):
    page = reader(390).open("notebooks/county-mapping.html")
    assert page.locator('.lv-sort:not([tabindex="-1"])').count() == 0
