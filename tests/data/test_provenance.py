"""What is shown knows the most sensitive data read before it."""

from itertools import permutations

import pytest

from helpers.data import provenance
from helpers.show.shown import MIME, Shown


@pytest.fixture(autouse=True)
def nothing_read(monkeypatch):
    monkeypatch.setattr(provenance, "read", {"published"})


def test_nothing_read_is_published():
    assert provenance.origin() == "published"


@pytest.mark.parametrize("order", [*permutations(["published", "sample", "own"])])
def test_the_most_sensitive_origin_stays_whatever_is_read_after(order):
    for origin in order:
        provenance.read.add(origin)
    assert provenance.origin() == "own"


def test_the_sample_outweighs_published_figures():
    provenance.read.add("sample")
    provenance.read.add("published")
    assert provenance.origin() == "sample"


@pytest.mark.parametrize("origin", ["sample", "own"])
def test_what_is_shown_carries_the_origin(origin):
    shown = Shown("Titel", "<p>Titel</p>")
    assert shown._repr_mimebundle_()[MIME]["source"] == "published"
    provenance.read.add(origin)
    assert shown._repr_mimebundle_()[MIME]["source"] == origin
