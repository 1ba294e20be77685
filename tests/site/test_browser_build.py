"""The site that is read is the one anybody else would build."""

from pathlib import Path

from reader import built


def files(site: Path) -> dict[str, bytes]:
    return {str(f.relative_to(site)): f.read_bytes() for f in site.rglob("*") if f.is_file()}


def test_two_builds_of_one_tree_are_the_same_bytes(real_site: Path, tmp_path: Path) -> None:
    once, again = files(real_site), files(built(tmp_path))
    assert set(once) == set(again)
    assert [name for name in once if once[name] != again[name]] == []
