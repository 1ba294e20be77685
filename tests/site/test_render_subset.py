import json

import pytest

from helpers import paths
from helpers.site import SiteProblem
from helpers.site.project import Project
from helpers.site.subset import check


def test_the_project_of_the_tests_keeps_to_the_subset(project: Project) -> None:
    check(project)


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("{{< video x.mp4 >}}", "kortkoden video"),
        ("::: {.column-margin}", "blocktypen column-margin"),
        ("::: aside", "blocktypen aside"),
        ('::: {.callout-note icon="false"}', "attributet icon"),
        ("```{python}", "det körbara kodblocket python"),
        ("```{=latex}", "råformatet latex"),
        ("[text]{.smallcaps}", "blocktypen smallcaps"),
        ("Se @sec-metod.", "hänvisningen sec-metod"),
        ("Arean är $x^2$.", r"formeln $x^2$"),
    ],
)
def test_what_is_outside_is_named_by_file_and_line(project: Project, line: str, named: str) -> None:
    page = project.root / "reports" / "method.qmd"
    page.write_text(f"---\ntitle: Metod\n---\n\nText.\n\n{line}\n", encoding="utf-8")
    with pytest.raises(SiteProblem) as stopped:
        check(project)
    assert f"reports/method.qmd: rad 7: {named}" in str(stopped.value)


def test_front_matter_outside_is_named(project: Project) -> None:
    page = project.root / "index.qmd"
    page.write_text("---\ntitle: Läget\nbibliography: x.bib\n---\n", encoding="utf-8")
    with pytest.raises(SiteProblem, match=r"index\.qmd: nyckeln överst på sidan bibliography"):
        check(project)


def test_a_cell_option_outside_is_named(project: Project) -> None:
    page = project.root / "notebooks" / "waits.ipynb"
    notebook = json.loads(page.read_text(encoding="utf-8"))
    notebook["cells"][2]["source"] = ["#| fig-width: 5\n", "1"]
    page.write_text(json.dumps(notebook), encoding="utf-8")
    with pytest.raises(SiteProblem, match=r"waits\.ipynb: cell 3, cellalternativet fig-width"):
        check(project)


def test_a_setting_outside_is_named(project: Project) -> None:
    file = project.root / "_quarto.yml"
    file.write_text(file.read_text(encoding="utf-8") + "    mermaid: {theme: neutral}\n")
    with pytest.raises(SiteProblem, match=r"inställningen format\.html\.mermaid\.theme"):
        check(project)


def test_an_included_file_is_checked_too(project: Project) -> None:
    part = project.root / "reports" / "_generated" / "part.md"
    part.write_text("{{< kbd Ctrl >}}\n", encoding="utf-8")
    with pytest.raises(SiteProblem, match=r"index\.qmd: rad 10: part\.md, rad 1: kortkoden kbd"):
        check(project)


def test_a_missing_include_is_named(project: Project) -> None:
    (project.root / "reports" / "_generated" / "part.md").unlink()
    with pytest.raises(
        SiteProblem, match=r"index\.qmd: rad 10: infogar en fil som inte finns: part"
    ):
        check(project)


@pytest.mark.parametrize(
    "text",
    [
        "``` python\n{{< video x >}}\n```",
        "Skriv `{{< video x >}}` eller `{.aside}`.",
        "Det kostar 5 $.",
    ],
)
def test_code_and_money_are_left_alone(project: Project, text: str) -> None:
    (project.root / "index.qmd").write_text(text, encoding="utf-8")
    check(project)


def test_the_site_keeps_to_the_subset() -> None:
    check(Project(paths.ROOT))
