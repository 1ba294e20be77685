"""A page links each of the glossary's terms where it first uses it, and is else as it was."""

import json
import re
from pathlib import Path

import pytest

from helpers.paths import ROOT
from helpers.site import terms
from helpers.site.project import Project

GLOSSARY = """[Kvot]{#kvot}
: Kvinnors tal delat med mäns.

[Säkerställd]{#sakerstalld}
: Mer än slump.

[Inte säkerställd]{#inte}
: Underlaget räcker inte.

[Boendestöd, bistånd till bostad]{#stod}
: Hjälp med bostad.
"""


def linked(text: str) -> str:
    return terms.linked(text, terms.read(GLOSSARY), "g.qmd")


def test_the_first_use_is_linked_in_its_own_form():
    assert linked("En kvot. Kvoten är 2.") == "En [kvot](g.qmd#kvot). Kvoten är 2."
    assert linked("Kvoten är 2.\n\nEn kvot.") == "[Kvoten](g.qmd#kvot) är 2.\n\nEn kvot."


def test_the_longest_term_is_linked_and_either_name_of_one():
    text = "Den är inte säkerställd. Bistånd till bostad är boendestöd."
    assert re.findall(r"\[(.*?)\]\(g.qmd#(\w+)\)", linked(text)) == [
        ("inte säkerställd", "inte"),
        ("Bistånd till bostad", "stod"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "## Kvot",
        "| Kvot | 2 |",
        "- Kvot",
        "Här är `kvot`, [kvot](a.qmd), ![kvot](b.svg), <i title='kvot'> och @kvot.",
        "```python\nkvot = 2\n\nkvot\n```",
        "::: {.kvot}\n\n:::",
        "Kvotera, delkvot och kvot-tal.",
        "",
    ],
)
def test_what_is_no_word_of_a_paragraph_is_left_alone(text):
    assert linked(text) == text


def test_each_staged_page_leads_to_an_explanation(tmp_path: Path):
    (tmp_path / "reports").mkdir()
    (tmp_path / "_quarto.yml").write_text('project:\n  render: ["*.ipynb", "reports/*.qmd"]\n')
    (tmp_path / "reports" / "glossary.qmd").write_text(f"---\ntitle: Ord\n---\n\n{GLOSSARY}")
    (tmp_path / "reports" / "a.qmd").write_text("---\ntitle: Kvot\n---\n\nEn kvot.\n")
    cells = [{"cell_type": kind, "source": ["En kvot."]} for kind in ("code", "markdown")]
    (tmp_path / "b.ipynb").write_text(json.dumps({"cells": cells}))
    terms.link(Project(tmp_path))
    assert (tmp_path / "reports" / "a.qmd").read_text().endswith("En [kvot](glossary.qmd#kvot).\n")
    code, markdown = json.loads((tmp_path / "b.ipynb").read_text())["cells"]
    assert "".join(code["source"]) == "En kvot."
    assert markdown["source"] == "En [kvot](reports/glossary.qmd#kvot)."
    assert terms.read((tmp_path / "reports" / "glossary.qmd").read_text())["kvot"] == "kvot"


def test_no_term_is_explained_twice():
    names = re.findall(r"\{#([\w-]+)\}$", (ROOT / terms.GLOSSARY).read_text(), re.MULTILINE)
    assert len(names) == len({*names})
