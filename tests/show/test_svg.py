"""Figures can be read aloud, follow the page's theme, and have the same bytes every time."""

import os
import re
import subprocess
import sys
from dataclasses import replace
from hashlib import sha256
from html import escape
from math import inf
from zipfile import ZipFile

import pypandoc
import pytest
from lxml import etree
from lxml import html as lxml
from made_gaps import EVERY
from matplotlib.figure import Figure
from PIL import Image

from helpers.paths import ROOT
from helpers.show import gap
from helpers.show.shown import markdown
from helpers.show.style import INK, PALETTE, QUIET
from helpers.show.svg import both_widths, image

DRAWN = ("waiting", "waiting, childless", "gap")
ALT = 'Kvinnor "mer" än män: <5 & ≥ 3 dagar\''


def svgs(html):
    return re.findall(r"<svg.*?</svg>", html, flags=re.DOTALL)


@pytest.fixture(scope="module")
def figures(sample_shown):
    return [figure for name in DRAWN for figure in svgs(sample_shown[name].html)]


def empty(width):
    return Figure(figsize=(width, 1))


def test_a_figure_is_an_image_with_its_alt_text_escaped():
    for figure in svgs(both_widths(empty, ALT)):
        assert figure.startswith('<svg role="img" ')
        assert f'aria-label="{escape(ALT)}"' in figure
        assert etree.fromstring(figure.encode()).get("aria-label") == ALT


def test_a_document_has_the_figure_as_an_image_with_its_words_and_no_other_text(tmp_path):
    text = markdown("<svg></svg>", image(empty, ALT))
    pypandoc.convert_text(text, "docx", "markdown", outputfile=tmp_path / "a.docx")
    with ZipFile(tmp_path / "a.docx") as document:
        (png,) = (name for name in document.namelist() if name.endswith(".png"))
        told = etree.fromstring(document.read("word/document.xml"))
        with Image.open(document.open(png)) as drawn:
            assert set(drawn.info) == {"dpi"}
    assert told.xpath("//*[local-name() = 'docPr']/@descr") == [ALT]
    assert not told.xpath("string()").strip()


def test_a_page_shows_one_of_two_widths(figures):
    assert len(figures) == 2 * len(DRAWN)
    page = lxml.fromstring(both_widths(empty, ALT) + "<p/>")
    assert [div.get("class") for div in page.xpath("//div[svg]")] == ["lv-wide", "lv-narrow"]


def test_ids_are_each_figures_own_and_every_reference_is_met(figures):
    ids = [re.findall(r'\bid="([^"]+)"', figure) for figure in figures]
    together = [one for own in ids for one in own]
    assert len(set(together)) == len(together)
    for figure, own in zip(figures, ids, strict=True):
        referred = re.findall(r'(?:url\(#|href="#)([^)"]+)', figure)
        assert set(referred) == set(own)


def test_colours_follow_the_page(figures):
    fixed = (INK, *PALETTE.values(), QUIET)
    for figure in figures:
        bare = re.sub(r"var\([^)]*\)", "", figure)
        assert not [colour for colour in fixed if colour in bare]
        assert "currentColor" in figure
    assert "var(--kvinnor" in figures[0]
    assert "var(--man" in figures[0]


def test_lines_are_told_apart_without_colour(figures):
    """The women's curve is whole and the men's dashed; intervals are whole lines for both."""
    women, men = (
        set(re.findall(rf'fill: none;([^"]*)stroke: var\(--{name}', figures[0]))
        for name in ("kvinnor", "man")
    )
    assert not any("dasharray" in style for style in women)
    assert any("dasharray" in style for style in men)


def test_no_date_path_or_font_file_is_in_a_figure(figures):
    for figure in figures:
        assert "<metadata" not in figure
        assert "<?xml" not in figure
        assert str(ROOT) not in figure
        assert not re.search(r"/home/|/tmp/|/usr/|20\d\d-\d\d-\d\d|Matplotlib v", figure)
        assert not re.search(r'(href|src)="(?!#)', figure)


def test_no_number_in_a_figure_is_missing(figures):
    for figure in [*figures, *svgs(gap(EVERY).html)]:
        assert not re.search(r"\bnan\b|NaN|None|\binf\b", figure)


def test_an_interval_without_a_limit_runs_out_of_the_figure():
    finite = svgs(gap(EVERY[:1]).html)[0]
    endless = svgs(gap([replace(EVERY[0], high=inf)]).html)[0]
    assert endless.count("<path") > finite.count("<path")


SCRIPT = """
import sys
sys.path[:0] = ["tests/show", "tests"]
from hashlib import sha256
from made_gaps import EVERY
from matplotlib.figure import Figure
from helpers.show import gap
shown = gap(EVERY)
print(sha256((shown.html + shown.image()).encode()).hexdigest())
"""


def test_the_bytes_are_the_same_in_another_process_and_locale():
    shown = gap(EVERY)
    here = sha256((shown.html + shown.image()).encode()).hexdigest()
    assert gap(EVERY).html == shown.html
    elsewhere = {"PYTHONHASHSEED": "7", "LANG": "C", "LC_ALL": "C", "TZ": "Asia/Tokyo"}
    ran = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=ROOT, env=os.environ | elsewhere,
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert ran.stdout.strip() == here
