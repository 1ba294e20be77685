"""Search: over a web server it finds, from a folder it says why it cannot."""

from playwright.sync_api import expect

SEARCH = "reports/search.html"


def search(page, words):
    page.get_by_label("Sök efter").fill(words)
    page.keyboard.press("Enter")


def test_search_finds_a_word_and_leads_there(reader, address):
    page = reader().open(SEARCH)
    search(page, "kötid")
    expect(page.get_by_role("status")).to_contain_text("innehåller ”kötid”")
    page.locator('#lv-search-results a[href*="queue-times"]').first.click()
    page.wait_for_url(f"{address}notebooks/queue-times.html*")


def test_search_says_when_nothing_is_found(reader):
    page = reader().open(SEARCH)
    search(page, "zebrafink")
    expect(page.get_by_role("status")).to_have_text("Inga sidor innehåller ”zebrafink”.")


def test_a_search_can_be_linked_to(reader):
    page = reader().open(f"{SEARCH}?q=väntetid")
    expect(page.locator("#lv-search-results a").first).to_be_visible()


def test_in_a_folder_the_page_says_that_search_needs_a_server(folder_reader):
    page = folder_reader.open(SEARCH)
    assert "webbserver" in page.get_by_role("status").inner_text()
    assert not page.locator("#lv-search-form").is_visible()
