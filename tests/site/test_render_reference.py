from helpers.site.reference import framed


def test_a_page_gets_one_title_and_each_section_is_marked_as_english() -> None:
    page = framed("# stats { #helpers.stats }\n\nText.\n\n# estimate\n\n## Functions\n")
    assert page == (
        "---\ntitle: stats\ntoc-depth: 2\n---\n\n"
        ":::: {lang=en}\nText.\n::::\n\n"
        ":::: {lang=en}\n## estimate\n\n### Functions\n::::\n"
    )


def test_what_is_not_described_is_not_linked() -> None:
    page = framed("# a\n\n[MAX](#a.MAX) [f](#a.f)\n\n## f { #a.f }\n")
    assert "`MAX` [f](#a.f)" in page


def test_headings_stay_where_the_title_is_the_only_first_one() -> None:
    assert "\n## stats\n" in framed("# Funktioner {.doc}\n\n## stats\n")


def test_comments_in_code_are_no_headings() -> None:
    assert "\n# a comment\n" in framed("# a\n\n# b\n\n```python\n# a comment\n```\n")


def test_table_heads_are_never_empty() -> None:
    assert "| | |" not in framed("# a\n\n| | |\n| --- | --- |\n| b | c |\n")
