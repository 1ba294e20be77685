"""Where links lead, what pages ask for, and what a reader can take away."""

from collections import deque
from urllib.parse import unquote, urldefrag

import pytest
from reader import PAGES

TARGETS = """[...document.querySelectorAll("[href], [src]")].map(part => part.href || part.src)"""
IDS = """[...document.querySelectorAll("[id]")].map(part => part.id)"""


@pytest.fixture(params=["http", "file"])
def anyone(request, reader, folder_reader):
    return reader() if request.param == "http" else folder_reader


def internal(reader):
    """Give each page's links within the site, as file and fragment, and its ids."""
    links, ids = {}, {}
    for name in PAGES:
        page = reader.open(name)
        ours = (url for url in page.evaluate(TARGETS) if url.startswith(reader.base))
        links[name] = {tuple(urldefrag(unquote(url).removeprefix(reader.base))) for url in ours}
        ids[name] = set(page.evaluate(IDS))
    return links, ids


def test_every_link_leads_somewhere(anyone, real_site):
    links, ids = internal(anyone)
    for name, targets in links.items():
        for file, fragment in targets:
            assert (real_site / file).is_file(), f"{name}: {file}"
            assert not fragment or fragment in ids[file], f"{name}: {file}#{fragment}"


def test_every_page_is_reached_from_the_front_page(anyone):
    links, _ = internal(anyone)
    reached, waiting = {"index.html"}, deque(["index.html"])
    while waiting:
        found = {file for file, _ in links[waiting.popleft()] if file in links} - reached
        reached |= found
        waiting.extend(found)
    assert reached == set(PAGES)


def test_no_link_leaves_the_site_for_another_place_on_the_machine(folder_reader):
    for name in PAGES:
        for url in folder_reader.open(name).evaluate(TARGETS):
            assert url.startswith((folder_reader.base, "data:", "https://")), f"{name}: {url}"


def test_pages_ask_only_their_own_site_and_never_complain(anyone):
    for name in PAGES:
        anyone.open(name)
    asked = [url for url in anyone.requests if not url.startswith((anyone.base, "data:"))]
    assert asked == []
    assert anyone.complaints == []


def test_the_table_can_be_taken_away(anyone):
    page = anyone.open("notebooks/queue-times.html")
    link = page.locator(".lv-downloads a[download$='.csv']").first
    with page.expect_download() as download:
        link.click()
    assert download.value.suggested_filename == link.get_attribute("download")
    text = download.value.path().read_text(encoding="utf-8-sig")
    heads = page.locator("table.lv-table").first.locator("thead th").all_inner_texts()
    assert text.splitlines()[0].split(";") == heads
