"""Of a messy export the clean truth comes back, and no identity number comes with it."""

import messy
import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers.data.intake import importing
from helpers.disclosure.keys import Secret

PSEUDONYM = Secret(b"not secret, since nobody is real").pseudonyms()
AS_TEXT = ("iso", "compact", "dotted", "slashed", "named", "timed")
IN_CELLS = (*AS_TEXT, "typed", "serial")


def texts():
    return st.builds(
        messy.Style,
        seed=st.integers(0, 10_000),
        kind=st.sampled_from(["csv", "txt"]),
        encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252", "cp850", "mac_roman"]),
        delimiter=st.sampled_from([";", "\t", ",", "|"]),
        line_end=st.sampled_from(["\r\n", "\n"]),
        titles=st.integers(0, 3),
        has_sum=st.booleans(),
        has_sex=st.booleans(),
        dates=st.lists(st.sampled_from(AS_TEXT), min_size=1).map(tuple),
    )


def workbooks():
    return st.builds(
        messy.Style,
        seed=st.integers(0, 10_000),
        kind=st.sampled_from(["xlsx", "xls", "ods"]),
        titles=st.integers(0, 3),
        has_sum=st.booleans(),
        has_sex=st.booleans(),
        dates=st.lists(st.sampled_from(IN_CELLS), min_size=1).map(tuple),
    )


@given(style=texts() | workbooks())
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_truth_comes_back_and_no_identity_number(tmp_path_factory, style):
    folder = tmp_path_factory.mktemp("export")
    made = messy.export(folder, style)
    told = importing.run(importing.Request(made.files, made.mapping, folder / "out"), PSEUDONYM)
    for table, truth in made.truth.items():
        pd.testing.assert_frame_equal(_plain(_read(folder, table)[[*truth]]), _plain(_known(truth)))
    everything = "\n".join(told).encode() + b"".join(
        file.read_bytes() for file in (folder / "out").iterdir()
    )
    ways = {way for number in made.numbers for way in messy.written(number)}
    assert not [way for way in ways if way.encode() in everything]


def _read(folder, table):
    return pd.read_parquet(folder / "out" / f"{table}.parquet").drop(
        columns="person_key", errors="ignore"
    )


def _known(truth):
    if "person_id" not in truth:
        return truth
    return truth.assign(person_id=[PSEUDONYM(person)[0] for person in truth["person_id"]])


def _plain(frame):
    """Write everything as text, so that types of the same value do not differ."""
    return frame.map(_text).astype(object)


def _text(value):
    if pd.isna(value):
        return None
    return f"{value:.0f}" if isinstance(value, float) else str(value).removesuffix(" 00:00:00")


def test_one_person_has_one_pseudonym_however_the_number_is_written(tmp_path):
    made = messy.export(tmp_path, messy.Style(seed=5))
    importing.run(importing.Request(made.files, made.mapping, tmp_path / "out"), PSEUDONYM)
    for table in ("queue", "placements"):
        persons = made.truth[table]["person_id"].nunique()
        assert _read(tmp_path, table)["person_id"].nunique() == persons
