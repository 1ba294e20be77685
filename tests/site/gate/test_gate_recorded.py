"""A count or percentage that no record holds is found wherever it stands."""

from base64 import b64encode
from io import BytesIO
from pathlib import Path

import pandas as pd
import pytest

from helpers.disclosure import Rules
from helpers.site.gate import recorded
from helpers.site.scan import read_site

RECORD = {
    "title": "Kvinnor 43",
    "counted": {"columns": ["sex", "n"], "rows": [["K", 1234], ["M", 567]]},
}
PUBLISHED = {
    "queue-times": {
        "tbl-counted": RECORD | {"share": 0.2727, "days": 22.49, "gaps": [{"n_women": 1234}]}
    }
}


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
        "<p>Av 1 234 kvinnor väntade 27 % över 300 dagar.</p>",
        "<p>1 234 av de 1 234 kvinnorna</p>",
        TABLE.format("kontroller 2023"),
        TABLE.format("påbörjade 2024\u201325"),
        TABLE.format("Om personen har barn under 18 år"),
        "<dl><dt>Kvinnor<dd>1 234<dt>Ålder<dd>Minst 18 år<dt>6<dd>12 månader</dl>",
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
        "<p>Av 1 234 kvinnor fick 17 bostad.</p>",
        "<p>Bland de 1 234 kvinnorna har bara elva fått bostad.</p>",
        "<p>Av 1 234 unga kvinnor som väntade fick 17 bostad.</p>",
        "<p>Av 100 kvinnor får 31 bostad.</p>",
        "<p>17 av de 1 234 kvinnorna</p>",
        "<p>Elva av kvinnorna</p>",
        "<p>17 mammor</p>",
        "<p>17 unga, hemlösa, ensamstående kvinnor</p>",
        "<p>17 oplanerade avslut per 100 år</p>",
        "<p>22 kvinnor</p>",
        "<p>1 234 kvinnor, varav 2249 % nöjda</p>",
        "<dl><dt>Kvinnor<dd>17</dl>",
        "<dl><dt>Kvinnor</dt><dd><p>17</p></dd></dl>",
    ],
)
def test_a_number_that_is_not_recorded_is_found(tmp_path: Path, body: str) -> None:
    assert found(tmp_path, body) == ["number-not-recorded"]


@pytest.mark.parametrize(
    "said",
    [
        "3 kvinnor",
        "tre kvinnor",
        "Två personer",
        "4 avslut",
        "Av 1 234 kvinnor fick 3 plats",
        "3 av de 1 234 kvinnorna",
        "Tre av kvinnorna",
        "3 mammor",
        "3 unga ensamstående kvinnor",
    ],
)
@pytest.mark.parametrize("page", ["queue-times", "index"])
def test_a_small_count_in_words_is_found(tmp_path: Path, said: str, page: str) -> None:
    assert found(tmp_path, f"<p>{said} i kön.</p>", page) == ["small-count-in-words"]


@pytest.mark.parametrize(
    "said",
    [
        "Under 2024 väntade kvinnor längre än män.",
        "I fråga 4 svarade kvinnor oftare ja.",
        "Alternativ 3 valde kvinnor oftare än alternativ 2.",
        "Kvinnor 20\u201329 år, avslut 3 maj och beslut 3 kap. 1 § räknas.",
        "De två bästa svaren på varje skala räknas.",
        "Två enkätfrågor, tre vårdformer och fyra personnummer.",
        "Det blir 3 oplanerade avslut per 100 placeringsår om 100 personer följs i ett år.",
        "30 procent av 10 svar är 3.",
        "Av 1 234 kvinnor väntade hälften mer än 3 månader.",
        "Av 100 placeringar avslutas fler inom 12 veckor.",
    ],
)
def test_a_plain_sentence_is_no_count(tmp_path: Path, said: str) -> None:
    record = {"tbl-rates": {"rows": [1234, 0.3, 3.1]}}
    (tmp_path / "rates.html").write_text(f"<p>{said}</p>", encoding="utf-8")
    assert recorded.find(read_site(tmp_path), {"rates": record}, Rules()) == []


def test_neither_dates_labels_nor_titles_vouch_for_a_number(tmp_path: Path) -> None:
    record = {"title": "17 av 41", "as_of": "2025-12-17", "rows": [["18\u201329 år", "41"]]}
    (tmp_path / "ages.html").write_text(
        "<p>41 kvinnor</p>\n<p>17 kvinnor</p>\n<p>29 kvinnor</p>", encoding="utf-8"
    )
    found = recorded.find(read_site(tmp_path), {"ages": {"tbl-ages": record}}, Rules())
    assert [finding.place[-5:] for finding in found] == ["rad 2", "rad 3"]


def test_what_others_have_published_may_say_any_number_of_theirs(tmp_path: Path) -> None:
    record = {"source": "published", "why": "33 procent av 10 svar går inte att få"}
    (tmp_path / "checks.html").write_text("<p>33 procent</p>", encoding="utf-8")
    assert recorded.find(read_site(tmp_path), {"checks": {"tbl": record}}, Rules()) == []


@pytest.mark.parametrize("name", ["queue-times.csv", "queue-times.txt", "figur.svg", "data.json"])
def test_a_file_beside_the_pages_is_read_too(tmp_path: Path, name: str) -> None:
    said = (
        '{"text": "17 kvinnor"}' if name.endswith("json") else "<svg><text>17 kvinnor</text></svg>"
    )
    (tmp_path / name).write_text(said, encoding="utf-8")
    found = recorded.find(read_site(tmp_path), PUBLISHED, Rules())
    assert {finding.rule for finding in found} == {"number-not-recorded"}


def test_a_page_of_words_may_say_what_a_gap_holds_and_the_limits(tmp_path: Path) -> None:
    assert found(tmp_path, "<p>1 234 kvinnor, minst 7 personer</p>", page="index") == []


def test_a_page_of_words_may_not_say_what_only_another_page_shows(tmp_path: Path) -> None:
    assert found(tmp_path, "<p>567 män</p>", page="index") == ["number-not-recorded"]


def test_no_finding_holds_the_number(tmp_path: Path) -> None:
    found(tmp_path, "<p>17 kvinnor och 3 män</p>")
    assert not any(
        digits in str(finding)
        for finding in recorded.find(read_site(tmp_path), PUBLISHED, Rules())
        for digits in ("17", "3 män")
    )
