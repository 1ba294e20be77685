"""Few cases told in words are refused where a page's author wrote them, and nowhere else."""

import pytest
from small_site import notebook, notebooks, shown, write

from helpers.paths import ROOT
from helpers.site import build
from helpers.site.gate import REPORT, NotSafe, written
from helpers.site.project import Project

FEW = [
    "Bara en kvinna fick avslag",
    "3 st kvinnor",
    "Antal kvinnor i HVB: 3",
    "tre kvinnor",
    "En kvinna fick avslag",
    "HVB: 3",
    "Tre av de 41 kvinnorna",
    "en av kvinnorna",
    "den enda mannen",
    "Endast ett beslut",
    "En man nekades plats",
    "Ett ärende avslutades",
    "två unga män",
    "fem brukare",
    "4 oplanerade avslut",
    "3 stycken placeringar",
    "två\npersoner",
    "3&nbsp;kvinnor",
    "**3** kvinnor",
    "３ kvin\u200bnor",
    "| kvinnor | 3 |",
    "Män: **2**",
    "n = 3",
    "3st kvinnor",
    "kvinnor (3)",
    "Antal kvinnor är 3",
    "tre utsatta unga kvinnor",
    "En kvinna får avslag",
]
HONEST = [
    "En placering tar slut det datum den avslutas.",
    "En person kan ha flera placeringar.",
    "13 kvinnor, 41 män och 2023 placeringar",
    "1 234 kvinnor",
    "Kvinnor: 3,5 månader. Män: 3 %.",
    "Under 2024 väntade kvinnor längre än män.",
    "I fråga 4 svarade kvinnor oftare ja.",
    "Kvinnor 20–29 år, avslut 3 maj och beslut 3 kap. 1 § räknas.",
    "De två bästa svaren på varje skala räknas.",
    "Två enkätfrågor, tre vårdformer och fyra personnummer.",
    "Det blir 3 oplanerade avslut per 100 placeringsår.",
    "Kvinnor (20 år och äldre) är med.",
    "Andelen kvinnor är 3 procent.",
    "Så fattas beslut:\n\n1. Ansökan kommer in.",
]


@pytest.mark.parametrize("text", FEW)
def test_few_cases_in_words_are_found(text):
    assert written.lines(f"# Svaret\n\nSå här: {text}.") == [3]


@pytest.mark.parametrize("text", HONEST)
def test_what_counts_no_cases_passes(text):
    assert written.lines(text) == []


@pytest.mark.parametrize("text", FEW[:3])
def test_a_notebooks_text_is_refused_by_cell_and_not_repeated(repository, text):
    write(repository, {})
    book = notebook("Kö", shown(), text=text)
    notebooks.write(book, repository / "notebooks" / "queue.ipynb")
    with pytest.raises(NotSafe, match=r"queue\.ipynb, cell 2, rad 1: ") as problem:
        build.build("pandoc", repository)
    report = (repository / REPORT).read_text(encoding="utf-8")
    assert text not in str(problem.value) + report
    assert not (repository / "_site").exists()


def test_a_caption_is_read(repository):
    write(repository, {"queue": shown()})
    path = repository / "notebooks" / "queue.ipynb"
    text = path.read_text(encoding="utf-8")
    caption = '"#| tbl-cap: Tre kvinnor\\n"'
    path.write_text(text.replace('"#| label: tbl-counted\\n"', caption), encoding="utf-8")
    with pytest.raises(NotSafe, match=r"queue\.ipynb, cell 3, rad 1: "):
        build.build("pandoc", repository)


def test_a_page_is_read_line_by_line(repository):
    (repository / "index.qmd").write_text("---\ntitle: Kö\n---\n\ntre kvinnor\n\nHVB: 3\n")
    with pytest.raises(NotSafe, match=r"(?s)index\.qmd, rad 5: .*index\.qmd, rad 7: "):
        build.build("pandoc", repository)


def test_what_staff_write_of_actions_is_read_by_row_and_column():
    rows = [{"reason": "Alla ska få veta."}, {"reason": "Bara en kvinna sökte.", "due_on": None}]
    assert [one.place for one in written.find_in(rows)] == ["actions, rad 2, kolumn reason"]


def test_the_repositorys_own_pages_pass():
    assert [str(one) for one in written.find(Project(ROOT))] == []
