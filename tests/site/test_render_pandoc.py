from pathlib import Path

import pytest
from lxml import html

from helpers.site import SiteProblem
from helpers.site.pandoc.render import render
from helpers.site.project import Project

NBSP = "\u00a0"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    render(Project(Path(__file__).with_name("project")), folder)
    return folder


def page(site: Path, name: str) -> html.HtmlElement:
    return html.fromstring((site / name).read_text(encoding="utf-8"))


def text(element: html.HtmlElement, path: str) -> list[str]:
    return [" ".join(found.text_content().split(" ")).strip() for found in element.cssselect(path)]


def test_every_page_says_what_it_is_and_in_which_language(site: Path) -> None:
    waits = page(site, "notebooks/waits.html")
    assert waits.get("lang") == "sv"
    assert text(waits, "title") == ["Kötider – Lika vård"]
    assert text(waits, "h1") == ["Kötider"]


def test_the_menu_marks_the_page_one_is_on(site: Path) -> None:
    current = page(site, "notebooks/waits.html").cssselect("header [aria-current=page]")
    assert [link.text for link in current] == ["Kötider"]


def test_every_link_leads_somewhere(site: Path) -> None:
    for file in site.rglob("*.html"):
        tree = page(site, str(file.relative_to(site)))
        for link in tree.cssselect("a[href], link[href], script[src]"):
            target, _, anchor = (link.get("href") or link.get("src")).partition("#")
            if target.startswith("data:"):
                continue
            other = (file.parent / target).resolve() if target else file
            assert other.is_file(), f"{file.name}: {target}"
            assert not anchor or f'id="{anchor}"' in other.read_text(encoding="utf-8")


def test_figures_and_tables_are_numbered_and_referred_to(site: Path) -> None:
    waits = page(site, "notebooks/waits.html")
    assert text(waits, "a.quarto-xref") == [f"Figur{NBSP}1", f"Tabell{NBSP}1"]
    assert text(waits, "figure > figcaption") == [
        f"Figur{NBSP}1: Väntan efter beslut",
        f"Tabell{NBSP}1: Skillnader",
    ]


def test_a_figure_from_a_notebook_keeps_its_alternative_text(site: Path) -> None:
    (figure,) = page(site, "notebooks/waits.html").cssselect("#fig-waiting svg")
    assert figure.get("aria-label") == "Två kurvor"


def test_a_table_written_by_hand_is_numbered_too(site: Path) -> None:
    method = page(site, "reports/method.html")
    assert text(method, "#tbl-cases figcaption") == [f"Tabell{NBSP}1: Ärenden per grupp"]
    assert text(method, "#tbl-cases tbody td") == ["Kvinnor", "ja"]


def test_a_table_is_told_before_its_cells_and_a_figure_after_it(site: Path) -> None:
    def order(name: str, label: str) -> list[str]:
        return [part.tag for part in page(site, name).get_element_by_id(label)]

    assert order("notebooks/waits.html", "tbl-gaps") == ["figcaption", "table"]
    assert order("notebooks/waits.html", "fig-waiting") == ["figure", "figcaption"]
    assert order("reports/method.html", "tbl-cases") == ["figcaption", "table"]


def test_cell_options_decide_what_code_is_shown(site: Path) -> None:
    waits = page(site, "notebooks/waits.html")
    assert text(waits, ".content details > summary") == ["Visa koden", "Visa urvalet"]
    shown = "\n".join(text(waits, "pre"))
    assert "#|" not in shown
    assert "hidden = " not in shown
    assert text(waits, "section > div > pre") == ["show(hidden)"]


def test_footnotes_reach_across_cells(site: Path) -> None:
    notes = text(page(site, "notebooks/waits.html"), "[role=doc-endnotes] li p")
    assert notes == ["Not från en annan cell.↩︎"]


def test_callouts_have_a_title_and_may_fold(site: Path) -> None:
    index = page(site, "index.html")
    assert text(index, ".callout-title") == ["Notera", "Små tal & stora ord", "Visa mer"]
    assert text(index, "details.callout-tip summary") == ["Visa mer"]
    assert "Dolt" in text(index, "details.callout-tip .callout-body")[0]


def test_tabs_name_their_panels(site: Path) -> None:
    method = page(site, "reports/method.html")
    assert text(method, "[role=tab]") == ["Kvinnor", "Män"]
    assert text(method, "[role=tabpanel]") == ["Första fliken.", "Andra fliken."]
    for tab in method.cssselect("[role=tab]"):
        panel = method.get_element_by_id(tab.get("aria-controls"))
        assert panel.get("aria-labelledby") == tab.get("id")


def test_included_text_is_part_of_the_page(site: Path) -> None:
    assert text(page(site, "index.html"), "main strong") == ["Infogad"]


def test_the_contents_list_the_headings(site: Path) -> None:
    assert text(page(site, "reports/method.html"), "#TOC a") == ["Flikar", "Tabeller"]


def test_a_reference_without_target_stops_the_build_by_name(
    project: Project, tmp_path: Path
) -> None:
    (project.root / "index.qmd").write_text("Se @fig-borta.", encoding="utf-8")
    with pytest.raises(SiteProblem, match=r"index\.qmd: hänvisningen @fig-borta har inget mål"):
        render(project, tmp_path / "site")


def test_nothing_is_fetched_from_elsewhere(site: Path) -> None:
    for file in site.rglob("*.html"):
        fetched = page(site, str(file.relative_to(site))).cssselect("[src], link[href]")
        addresses = [element.get("src") or element.get("href") for element in fetched]
        assert not [address for address in addresses if "//" in address]
