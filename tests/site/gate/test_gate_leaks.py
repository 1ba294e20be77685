"""A leak is told by where it is and by what gives it away."""

import pytest

from helpers.disclosure import Rules
from helpers.disclosure.attack import Leak, Rule, Source
from helpers.disclosure.told import cell
from helpers.questions.cases import PLACEMENTS
from helpers.site.gate import leaks

WOMEN = cell(PLACEMENTS, {"sex": "K"})
A, B = Source("a, tbl-x"), Source("a, tbl-y")
C, EARLIER = Source("c, fig-z"), Source("a, tbl-x", "2026-01-15")


@pytest.mark.parametrize(
    ("places", "given_by", "place", "given"),
    [
        ((A,), (B, C), "a (tbl-x)", "Det framgår av a (tbl-y) och c (fig-z)."),
        ((A,), (A, EARLIER), "a (tbl-x)", "a (tbl-x) och a i utgåvan 2026-01-15 (tbl-x)."),
        ((A, B), (A, B), "a (tbl-x, tbl-y)", ""),
        ((), (A, C), "a (tbl-x) och c (fig-z)", ""),
        ((), (), "Sidorna tillsammans", ""),
    ],
)
def test_it_is_placed_and_what_gives_it_away_is_named(monkeypatch, places, given_by, place, given):
    leak = Leak(Rule.NARROW, WOMEN, places, given_by)
    monkeypatch.setattr(leaks, "attack", lambda facts, rules: [leak])
    ((found,), _) = leaks.find({"told": {}}, {}, Rules())
    assert found.place == place
    assert given in found.what
    assert ("framgår" in found.what) == bool(given)
