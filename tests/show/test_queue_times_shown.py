"""Queue times on the page: noisy counts, curves and downloads say the same, women as women."""

import pytest
from read_shown import downloaded, read

from helpers import queue_times, read_cases, show
from helpers.data import sample
from helpers.disclosure import EVERYONE, TOTAL


def test_the_table_and_the_file_hold_each_sexs_own_counts(sample_published, sample_shown):
    table, file = read(sample_shown["counted"]), downloaded(sample_shown["counted"])
    for row, sex in enumerate(("K", "M", TOTAL)):
        n = sample_published.count("ended", sex, EVERYONE, end="access")
        assert table["Fått bostad"][row] == n
        assert file[row]["Fått bostad"] == str(n)
    assert [own["Kön"] for own in file] == ["Kvinnor", "Män", "Båda"]


def test_a_curve_reads_off_each_sexs_own_share(sample_published, sample_shown):
    for own in downloaded(sample_shown["waiting"]):
        sex = {"Kvinnor": "K", "Män": "M"}[own["Kön"]]
        day = {3: 91, 6: 182, 9: 274, 12: 365, 15: 456, 18: 548, 21: 639, 24: 730}
        level = sample_published.landmarks("housed", sex)[day[int(own["Månader efter beslutet"])]]
        assert own["Antal som följts så länge"] == str(level.n)
        assert float(own["Andel"].replace(",", ".")) >= round(level.estimate.value, 4)


def test_small_counts_are_written_as_such_and_downloaded_as_they_are():
    """With few in the queue, those who left are fewer than five by the noisy count."""
    town = sample.town(30, 30, seed=3)
    published = queue_times.protect(queue_times.tally(read_cases("queue", town)))
    shown = show.queue_times.counted(published)
    left = [published.count("ended", sex, EVERYONE, end="left") for sex in ("K", "M", TOTAL)]
    assert min(left) < 5
    written = ["<\N{NO-BREAK SPACE}5" if n < 5 else str(n) for n in left]
    assert list(map(str, read(shown)["Lämnat kön"])) == written
    assert [row["Lämnat kön"] for row in downloaded(shown)] == list(map(str, left))


def test_a_group_too_small_is_two_points_in_table_and_file():
    town = sample.town(3, 40, seed=3)
    published = queue_times.protect(queue_times.tally(read_cases("queue", town)))
    shown = show.queue_times.counted(published)
    assert set(read(shown).iloc[0, 1:]) == {".."}
    assert set(list(downloaded(shown)[0].values())[1:]) == {".."}


def test_groups_that_a_small_town_does_not_show_are_said_so():
    town = sample.town(30, 30, seed=3)
    published = queue_times.protect(
        queue_times.tally(read_cases("queue", town), ["sex", "has_children"])
    )
    assert "visas inte var för sig" in show.queue_times.waiting(published, has_children=True).html


@pytest.mark.parametrize("name", ["waiting", "waiting, childless"])
def test_a_curve_never_falls(sample_shown, name):
    shares = {}
    for row in downloaded(sample_shown[name]):
        share = float(row["Andel"].replace(",", "."))
        assert share >= shares.get(row["Kön"], 0)
        shares[row["Kön"]] = share


def test_gaps_of_groups_that_a_small_town_does_not_show_are_said_so():
    gaps = queue_times.answer(sample.town(30, 30, seed=3))
    assert "visas inte var för sig" in show.gap(gaps.of(group="has_children: False")).html
