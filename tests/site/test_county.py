"""A county's site of what its municipalities sent: wrong files are told, and never half used."""

import json
from base64 import b64encode
from dataclasses import replace
from itertools import pairwise
from math import log

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from lxml import html as lxml

from helpers import queue_times, show
from helpers.disclosure import Published
from helpers.questions.county import across
from helpers.show.svg import NARROW
from helpers.site import county, exchange
from helpers.site.gate import releases
from helpers.site.problem import SiteProblem
from helpers.stats.estimate import Estimate

NUMBERS = ("9901", "9902", "9903")


@pytest.fixture(scope="module")
def record(sample_gaps):
    published = {"queue-times": sample_gaps.published.to_record()}
    return {"data": "sample", "as_of": "2025-12-31", "published": published}


@pytest.fixture
def sent(tmp_path, monkeypatch, record):
    """What each municipality sends, with its public key where the county keeps them."""
    (tmp_path / "keys").mkdir()
    monkeypatch.setattr(releases, "read_tested", lambda _: record | {"key": "", "rules": {}})
    files = []
    for number in NUMBERS:
        monkeypatch.setattr(exchange, "default", lambda number=number: (number,))
        file = tmp_path / f"{number}.json"
        public = exchange.export(tmp_path, file, tmp_path / f"own-{number}")
        public.rename(tmp_path / "keys" / public.name)
        files.append(file)
    return files


def build(sent, files=None):
    folder = sent[0].parent
    return county.build(files or sent, folder / "keys", folder / "county")


def changed(file, **content):
    file.write_text(json.dumps(json.loads(file.read_text()) | content))


def test_all_municipalities_are_pooled_and_each_has_a_page(sent):
    index = build(sent)
    page = lxml.fromstring(index.read_text(encoding="utf-8"))
    menu = [link.get("href") for link in page.cssselect("header nav a")]
    assert menu == ["index.html", "9901.html", "9902.html", "9903.html"]
    text = " ".join(page.text_content().split())
    assert "Sammanvägd skillnad i länet: +26,0 dagar, inte säkerställd" in text
    assert "0 % av spridningen" in text
    assert "Påhittade exempeldata" in text
    assert len(page.cssselect("svg[role=img]")) == 4
    own = (index.parent / "9902.html").read_text(encoding="utf-8")
    assert "Kvinnor väntar längre" in own
    assert "till och med 31\N{NO-BREAK SPACE}december\N{NO-BREAK SPACE}2025" in own
    assert "En skillnad är kvinnor minus män, en kvot är kvinnor genom män" in text


def test_a_signing_key_is_its_owners_alone_and_stays_the_same(sent, record):
    key = sent[0].parent / "own-9901" / "signing-key"
    assert key.stat().st_mode & 0o077 == 0
    before = (sent[0].parent / "keys" / "9903.pub").read_bytes()
    again = exchange.export(sent[0].parent, sent[2], sent[0].parent / "own-9903")
    assert again.read_bytes() == before


def test_a_damaged_signing_key_is_told_and_nothing_is_written(sent):
    own = sent[0].parent / "own-9903"
    (own / "signing-key").write_bytes(b"")
    with pytest.raises(SiteProblem, match="är skadad"):
        exchange.export(sent[0].parent, own / "new.json", own)
    assert not (own / "new.json").exists()


def test_a_file_in_the_place_of_the_folder_is_told(sent):
    with pytest.raises(SiteProblem, match="är en fil"):
        county.build(sent, sent[0].parent / "keys", sent[0])


def test_what_is_sent_holds_published_counts_and_nothing_more(sent, record):
    payload = json.loads(json.loads(sent[0].read_text())["payload"])
    assert payload == {"municipality": "9901"} | json.loads(json.dumps(record))


def with_another_count(file):
    payload = json.loads(file.read_text())["payload"]
    changed(file, payload=payload.replace("2025-12-31", "2025-12-30"))


def signed_by_another(file):
    payload = json.loads(file.read_text())["payload"].encode()
    changed(file, signature=b64encode(Ed25519PrivateKey.generate().sign(payload)).decode())


def without_its_key(file):
    (file.parent / "keys" / f"{file.stem}.pub").unlink()


def signed(change):
    """Sign again what a municipality itself changed: its version is another."""

    def resign(file):
        payload = json.loads(json.loads(file.read_text())["payload"])
        change(payload["published"])
        secret = (file.parent / f"own-{file.stem}" / "signing-key").read_bytes()
        written = json.dumps(payload)
        mark = Ed25519PrivateKey.from_private_bytes(secret).sign(written.encode())
        changed(file, payload=written, signature=b64encode(mark).decode())

    return resign


def with_a_damaged_key(file):
    (file.parent / "keys" / f"{file.stem}.pub").write_text("skadad")


WRONG = {
    "a question that is not known": (
        signed(lambda published: published.update(later=published["queue-times"])),
        "av en annan version",
    ),
    "counts under another question's name": (
        signed(lambda published: published.update(goals=published["queue-times"])),
        "av en annan version",
    ),
    "a table less": (
        signed(lambda published: published["queue-times"]["tables"].pop("housed")),
        "av en annan version",
    ),
    "no question": (signed(dict.clear), "inga antal"),
    "a damaged key": (with_a_damaged_key, "nyckeln 9902.pub i .* är skadad"),
    "brackets without end": (lambda file: file.write_text("[" * 100_000), "går inte att läsa"),
    "another count": (with_another_count, "underskriften är inte kommun 9902s"),
    "another's signature": (signed_by_another, "underskriften är inte kommun 9902s"),
    "no key": (without_its_key, "nyckeln 9902.pub saknas"),
    "another version": (lambda file: changed(file, version=2), "av en annan version"),
    "another format": (lambda file: changed(file, format="x"), "av en annan version"),
    "no counts": (lambda file: file.write_text("{"), "går inte att läsa"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_file_is_told_and_the_former_site_stays(sent, wrong):
    former = sent[0].parent / "county"
    former.mkdir()
    (former / "index.html").write_text("förra")
    (former / "county.json").write_text("[]")
    change, said = WRONG[wrong]
    change(sent[1])
    with pytest.raises(SiteProblem, match=said) as told:
        build(sent)
    assert "9902.json" in str(told.value)
    assert "9901.json" not in str(told.value)
    assert (former / "index.html").read_text() == "förra"


def test_a_second_file_of_a_municipality_is_told(sent):
    with pytest.raises(SiteProblem, match="har redan en fil"):
        build(sent, [*sent, sent[0]])
    assert not (sent[0].parent / "county").exists()


def test_a_folder_with_other_files_is_left_alone(sent):
    folder = sent[0].parent / "county"
    folder.mkdir()
    (folder / "mitt.txt").write_text("kvar")
    with pytest.raises(SiteProblem, match="inte tom"):
        build(sent)
    assert (folder / "mitt.txt").read_text() == "kvar"


def test_a_gap_without_ends_is_left_out_of_the_pool_and_named(sample_gaps):
    gap = sample_gaps.headline
    found = across({"A": gap, "B": gap, "C": replace(gap, high=float("inf"))})
    assert found.left_out == ("C",)
    assert [one.name for one in found.places] == ["A", "B"]
    assert across({"A": gap}).pooled is None


def test_ratios_are_pooled_on_the_log_scale(sample_gaps):
    gap = replace(sample_gaps.headline, contrast="ratio", estimate=2.0, low=1.0, high=4.0)
    found = across({"A": gap, "B": gap})
    assert found.pooled.mean.value == pytest.approx(0.693, abs=1e-3)
    assert found.places[0].gap == Estimate(log(2), 0, log(4))


def test_the_marks_of_ratios_do_not_run_together_on_a_telephone(sample_gaps):
    gap = replace(sample_gaps.headline, contrast="ratio", estimate=2.0, low=0.06, high=40.0)
    found = across({"A": gap, "B": gap})
    drawn = show.county._draw_forest(found, found.places, NARROW)
    (axes,) = drawn.axes
    drawn.canvas.draw()
    boxes = [mark.get_window_extent() for mark in axes.get_xticklabels() if mark.get_visible()]
    low, high = axes.bbox.x0, axes.bbox.x1
    within = sorted((box.x0, box.x1) for box in boxes if low <= (box.x0 + box.x1) / 2 <= high)
    assert len(within) > 2
    assert all(a[1] < b[0] for a, b in pairwise(within))


def test_real_data_are_said_to_be_the_municipalities_own(sent, monkeypatch):
    deliveries = [
        replace(one, data="own") for one in exchange.read_all(sent[:2], sent[0].parent / "keys")
    ]
    monkeypatch.setattr(county, "read_all", lambda *_: deliveries)
    assert "kommunernas egna ärendedata" in build(sent[:2]).read_text(encoding="utf-8")


def test_counts_survive_the_journey(sample_gaps):
    record = json.loads(json.dumps(sample_gaps.published.to_record()))
    back = queue_times.gaps(Published.from_record(record))
    assert back.to_frame().equals(sample_gaps.to_frame())
