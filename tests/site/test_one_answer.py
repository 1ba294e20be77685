"""No two statements on the site disagree about what is established."""

import re
from pathlib import Path

import pytest
from lxml import html as lxml

from helpers.questions import QUESTIONS

VERDICT = ".lv-verdict"


def page(site: Path, name: str) -> lxml.HtmlElement:
    return lxml.fromstring((site / name).read_text(encoding="utf-8"))


def said(part: lxml.HtmlElement, css: str) -> list[str]:
    return [" ".join(found.text_content().split()) for found in part.cssselect(css)]


def name_of(part: lxml.HtmlElement) -> str:
    """Name the question that a part of a page links to."""
    return next(
        found[1]
        for link in part.cssselect("a[href]")
        if (found := re.search(r"notebooks/([\w-]+)\.html", link.get("href")))
    )


@pytest.fixture(scope="module")
def cards(real_site: Path) -> dict[str, tuple[list[str], list[str]]]:
    """Each card's verdict and answer, by question."""
    found = page(real_site, "index.html").cssselect(".lv-card")
    return {name_of(card): (said(card, VERDICT), said(card, "strong")) for card in found}


def test_every_question_has_a_card(cards):
    assert list(cards) == [name.replace("_", "-") for name in QUESTIONS]
    assert all(len(verdict) == len(answer) == 1 for verdict, answer in cards.values())


def test_the_page_of_a_question_says_what_its_card_says(real_site, cards):
    for name, (verdict, answer) in cards.items():
        own, *_ = page(real_site, f"notebooks/{name}.html").cssselect(".lv-answer")
        assert said(own, VERDICT) == verdict
        assert said(own, "strong") == answer


def test_every_verdict_on_the_page_of_a_question_is_its_cards(real_site, cards):
    for name, (verdict, _) in cards.items():
        every = said(page(real_site, f"notebooks/{name}.html"), VERDICT)
        assert set(every) == set(verdict)
        assert len(every) >= 2


def test_the_table_of_all_measures_gives_each_question_the_verdict_of_its_card(real_site, cards):
    groups = page(real_site, "reports/all-measures.html").cssselect("main tbody")
    told = [(name_of(group), said(group, VERDICT)) for group in groups]
    assert told == [(name, verdict) for name, (verdict, _) in cards.items()]


def test_the_front_page_counts_the_verdicts_of_its_cards(real_site, cards):
    [count] = re.findall(r"I (\d+) av (\d+) frågor", page(real_site, "index.html").text_content())
    established = sum(verdict == ["säkerställd"] for verdict, _ in cards.values())
    assert count == (str(established), str(len(cards)))
