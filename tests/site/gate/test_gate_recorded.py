"""A count or percentage that no record holds is found wherever it stands."""

from base64 import b64encode
from io import BytesIO
from pathlib import Path

import pandas as pd
import pytest

from helpers.disclosure import Rules
from helpers.site.gate import recorded
from helpers.site.scan import read_site

RECORD = {"title": "Kvinnor 43", "counted": {"columns": ["sex", "n"], "rows": [["K", 1234]]}}
PUBLISHED = {"queue-times": {"tbl-counted": RECORD | {"share": 0.2727, "days": 22.49}}}


def found(tmp_path: Path, body: str, page: str = "queue-times") -> list[str]:
    text = f"<!DOCTYPE html><html lang='sv'><main>\n{body}\n</main></html>"
    (tmp_path / f"{page}.html").write_text(text, encoding="utf-8")
    return [finding.rule for finding in recorded.find(read_site(tmp_path), PUBLISHED, Rules())]


def csv(value: str) -> str:
    content = b64encode(f"Kön;Antal\nKvinnor;{value}\n".encode("utf-8-sig")).decode()
    return f'<a href="data:text/csv;charset=utf-8;base64,{content}">CSV</a>'


def excel(value: int) -> str:
    file = BytesIO()
    pd.DataFrame({"Kön": ["Kvinnor"], "Antal": [value]}).to_excel(file, index=False)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return f'<a href="data:{kind};base64,{b64encode(file.getvalue()).decode()}">Excel</a>'


TABLE = "<table><tr><th>Kön</th><th>Antal</th></tr><tr><th>Kvinnor</th><td>{}</td></tr></table>"


@pytest.mark.parametrize(
    "body",
    [
        "<p>1 234 kvinnor, 27 % och +22 dagar, med 95 % konfidensintervall.</p>",
        "<p>27,3 procent av 1\u202f234 personer; för 12 månader sedan.</p>",
        "<p>minst fem personer, högst en kvinna och en man</p>",
        TABLE.format("27 % (1 234)"),
        csv("0,2727"),
        excel(1234),
        '<table><colgroup><col style="width: 36%" /></colgroup></table>',
        '<svg><text class="lv-tick" x="3">35 %</text></svg>',
    ],
)
def test_what_the_record_holds_may_be_shown_rounded(tmp_path: Path, body: str) -> None:
    assert found(tmp_path, body) == []


@pytest.mark.parametrize(
    "body",
    [
        "<p>Av dem var 17 kvinnor.</p>",
        "<p>Andelen är 31&nbsp;%.</p>",
        "<p>Skillnaden är −31 procentenheter.</p>",
        '<img src="data:," alt="17 personer väntar">',
        "<svg><title>17 män</title></svg>",
        '<span title="17 placeringar">..</span>',
        '<svg role="img" aria-label="Andel: 31 %"></svg>',
        '<div style="width: 36%"></div>',
        '<svg><text x="3">35 %</text></svg>',
        '<svg><text class="lv-tick">17 kvinnor</text></svg>',
        '<svg><text class="lv-tick"></text><text>35 %</text></svg>',
        TABLE.format(17),
        csv("17"),
        csv("0,31"),
        excel(17),
        "<p>Bland dem var 43 kvinnor.</p>",
        "<p>17 av 1 234 kvinnor</p>",
        "<p>17 unga kvinnor</p>",
        "<p>17&nbsp; individer</p>",
        "<p>elva kvinnor</p>",
        "<p>1 234–17 kvinnor</p>",
        '<img src="data:," alt="kvinnor 17">',
        "<p>Kvinnor: 17</p>",
        "<p>n = 17</p>",
        TABLE.format("17st"),
        TABLE.format("27"),
    ],
)
def test_a_number_that_is_not_recorded_is_found(tmp_path: Path, body: str) -> None:
    assert found(tmp_path, body) == ["number-not-recorded"]


@pytest.mark.parametrize("said", ["3 kvinnor", "tre kvinnor", "Två personer", "4 avslut"])
@pytest.mark.parametrize("page", ["queue-times", "method"])
def test_a_small_count_in_words_is_found(tmp_path: Path, said: str, page: str) -> None:
    assert found(tmp_path, f"<p>{said} i kön.</p>", page) == ["small-count-in-words"]


@pytest.mark.parametrize("name", ["queue-times.csv", "queue-times.txt", "figur.svg", "data.json"])
def test_a_file_beside_the_pages_is_read_too(tmp_path: Path, name: str) -> None:
    said = (
        '{"text": "17 kvinnor"}' if name.endswith("json") else "<svg><text>17 kvinnor</text></svg>"
    )
    (tmp_path / name).write_text(said, encoding="utf-8")
    found = recorded.find(read_site(tmp_path), PUBLISHED, Rules())
    assert {finding.rule for finding in found} == {"number-not-recorded"}


def test_a_page_of_words_may_say_what_any_record_holds(tmp_path: Path) -> None:
    assert found(tmp_path, "<p>1 234 kvinnor</p>", page="index") == []


def test_no_finding_holds_the_number(tmp_path: Path) -> None:
    found(tmp_path, "<p>17 kvinnor och 3 män</p>")
    assert not any(
        digits in str(finding)
        for finding in recorded.find(read_site(tmp_path), PUBLISHED, Rules())
        for digits in ("17", "3 män")
    )
