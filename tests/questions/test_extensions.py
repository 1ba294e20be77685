"""Placements are counted right wherever the rows lie, and the gaps say what other programs say."""

from dataclasses import replace
from datetime import date

import duckdb
import ibis
import numpy as np
import pandas as pd
import pytest
from extension_cases import DATES, counted, engine
from extension_cases import safe as protected
from statsmodels.stats.proportion import confint_proportions_2indep

from helpers.disclosure import TOTAL, Hidden, Rules, protect, protect_durations
from helpers.disclosure.attack import attack
from helpers.disclosure.told import facts
from helpers.paths import SAMPLE
from helpers.questions import extensions
from helpers.questions.gap import Verdict

AS_OF = date(2024, 6, 30)
FAR_AHEAD = date(2027, 12, 31)

PLACEMENTS = pd.DataFrame(
    [
        ("L1", "p1", "K", "familjehem för vuxna", "2022-01-01", "2022-06-30"),  # granted
        ("L2", "p1", "K", "HVB", "2023-01-01", "2023-06-30"),  # denied, then granted
        ("L3", "p2", "K", "HVB", "2023-01-01", "2023-12-31"),  # withdrawn, then pending
        ("L4", "p3", "K", "HVB", "2024-01-01", "2024-07-01"),  # too early, though granted
        ("L5", "p4", "M", "HVB", "2022-03-01", "2022-09-01"),  # withdrawn
        ("L6", "p5", "M", "HVB", "2022-03-01", "2024-06-30"),  # ends on the day: nobody applied
        ("L7", "p6", "M", "HVB", "2024-02-01", "2024-05-01"),  # decided after the day: pending
        ("L8", "p6", "M", "HVB", "2024-07-01", "2024-09-01"),  # begins after the day
        ("L9", "p7", "M", "HVB", "2024-01-01", "2024-03-01"),  # applied for after the day
    ],
    columns=["placement_id", "person_id", "sex", "care_form", "started_on", "planned_end_on"],
).assign(ended_on=None)
APPLICATIONS = pd.DataFrame(
    [
        ("A1", "L1", "2022-05-01", "2022-05-20", "granted", 90),
        ("A2", "L1", "2022-08-01", "2022-08-20", "denied", None),
        ("A3", "L2", "2023-05-01", "2023-05-20", "denied", None),
        ("A4", "L2", "2023-06-01", "2023-06-20", "granted", 30),
        ("A5", "L3", "2023-10-01", "2023-10-20", "withdrawn", None),
        ("A6", "L3", "2023-11-01", None, None, None),
        ("A7", "L4", "2024-05-01", "2024-05-20", "granted", 60),
        ("A8", "L5", "2022-08-01", "2022-08-02", "withdrawn", None),
        ("A9", "L7", "2024-04-15", "2024-07-01", "granted", 30),
        ("AA", "L9", "2024-07-02", "2024-07-03", "granted", 30),
    ],
    columns=[
        "application_id",
        "placement_id",
        "applied_on",
        "decided_on",
        "outcome",
        "days_granted",
    ],
)
FRAMES = {"placements": PLACEMENTS, "extensions": APPLICATIONS}
COUNTED = [
    ("K", "denied", 1),
    ("K", "granted", 1),
    ("K", "pending", 1),
    ("K", "too early", 1),
    ("M", "not applied", 2),
    ("M", "pending", 1),
    ("M", "withdrawn", 1),
]


def rows(counts):
    return list(counts.itertuples(index=False, name=None))


def test_a_small_table_counted_by_hand():
    counts = extensions.tally(*engine(FRAMES), as_of=AS_OF)
    assert list(counts) == ["sex", "stage", "n"]
    assert rows(counts) == COUNTED
    assert counts["n"].dtype == "int64"


def test_counts_by_more_columns_add_up_and_name_them_in_words():
    counts = extensions.tally(*engine(FRAMES), by=["sex", "turn", "care", "period"], as_of=AS_OF)
    assert rows(counts.groupby(["sex", "stage"], as_index=False)["n"].sum()) == COUNTED
    assert ("K", "first", "familjehem", "2022–23", "granted", 1) in rows(counts)
    assert ("K", "later", "annan vårdform", "2022–23", "denied", 1) in rows(counts)
    assert ("K", "first", "annan vårdform", "2024–25", "too early", 1) in rows(counts)


def test_pending_and_too_early_are_apart_and_never_refused():
    merged = extensions.merge(extensions.tally(*engine(FRAMES), as_of=AS_OF))
    by_stage = merged.set_index(["sex", "stage"])["n"]
    assert by_stage["K"].to_dict() == {"open": 2, "not applied": 0, "denied": 1, "granted": 1}
    assert by_stage["M"].to_dict() == {"open": 1, "not applied": 3, "denied": 0, "granted": 0}
    known = extensions.settled(extensions.tally(*engine(FRAMES), as_of=AS_OF))
    assert rows(known) == [("K", False, 1), ("K", True, 1), ("M", False, 3), ("M", True, 0)]


def test_days_are_those_of_the_application_that_counts():
    assert rows(extensions.tally_days(*engine(FRAMES), as_of=AS_OF)) == [("K", 90.0, 1, 1)]


def test_persons_are_counted_by_how_many_of_their_placements_were_extended():
    persons = extensions.tally_persons(*engine(FRAMES), as_of=AS_OF)
    assert rows(persons) == [(1, 0, 3), (2, 1, 1)]


def test_without_an_as_of_date_the_last_known_date_is_used():
    assert extensions.latest_date(*engine(FRAMES)) == date(2024, 7, 3)
    counts = extensions.tally(*engine(FRAMES))
    assert counts["n"].sum() == len(PLACEMENTS)
    assert ("M", "granted", 2) in rows(counts)


def test_tables_without_dates_ask_for_the_as_of_date():
    empty = {name: frame.head(0) for name, frame in FRAMES.items()}
    with pytest.raises(ValueError, match="Ange vilken dag uppgifterna gäller"):
        extensions.latest_date(*engine(empty))
    assert extensions.tally(*engine(empty), as_of=AS_OF).empty


@pytest.mark.parametrize("kind", ["csv", "parquet", "database"])
def test_the_same_expression_gives_the_same_counts_anywhere(kind, tmp_path):
    elsewhere = _elsewhere(kind, tmp_path)
    by = {"by": ["sex", "turn", "care", "period"], "as_of": AS_OF}
    for tally, options in (
        (extensions.tally, by),
        (extensions.tally_days, {"as_of": AS_OF}),
        (extensions.tally_persons, {"as_of": AS_OF}),
    ):
        found, expected = (tally(*tables, **options) for tables in (elsewhere, engine(FRAMES)))
        pd.testing.assert_frame_equal(found, expected)


def _elsewhere(kind, tmp_path):
    connection = ibis.duckdb.connect()
    if kind == "database":
        with duckdb.connect(tmp_path / "cases.duckdb") as database:
            for name, table in zip(DATES, engine(FRAMES), strict=True):
                frame = table.to_pyarrow()  # noqa: F841 - read by name
                database.execute(f"CREATE TABLE {name} AS SELECT * FROM frame")
        connection = ibis.duckdb.connect(tmp_path / "cases.duckdb")
        return [connection.table(name) for name in DATES]
    paths = [tmp_path / f"{name}.{kind}" for name in DATES]
    for table, path in zip(engine(FRAMES), paths, strict=True):
        getattr(table, f"to_{kind}")(path)
    return [getattr(connection, f"read_{kind}")(path) for path in paths]


def test_the_order_of_rows_changes_nothing():
    turned = {name: frame.iloc[::-1] for name, frame in FRAMES.items()}
    for tally in (extensions.tally, extensions.tally_days, extensions.tally_persons):
        found, expected = (tally(*engine(f), as_of=AS_OF) for f in (turned, FRAMES))
        pd.testing.assert_frame_equal(found, expected)


def test_only_counts_leave_the_engine(monkeypatch):
    left = []
    to_pandas = ibis.Table.to_pandas

    def watched(table, **options):
        left.append((ibis.to_sql(table), to_pandas(table, **options)))
        return left[-1][1]

    monkeypatch.setattr(ibis.Table, "to_pandas", watched)
    extensions.tally(*engine(FRAMES), as_of=AS_OF)
    [(sql, counts)] = left
    assert "COUNT(*)" in sql
    assert list(counts) == ["sex", "stage", "n"]


@pytest.fixture(scope="module")
def sample():
    return {name: pd.read_csv(SAMPLE / f"{name}.csv", parse_dates=dates)
            for name, dates in DATES.items()}  # fmt: skip


@pytest.fixture(scope="module")
def safe(sample):
    return protected(sample, date(2025, 12, 31))


@pytest.fixture(scope="module")
def gaps(safe):
    return extensions.gap(safe)


def test_the_published_figures_are_those_of_all_placements_as_they_stand(sample):
    counts = extensions.tally(*engine(sample), as_of=FAR_AHEAD)
    wide = counts.pivot(index="sex", columns="stage", values="n")
    applied = 1 - wide["not applied"] / wide.sum(axis=1)
    granted = wide["granted"] / (wide["granted"] + wide["denied"])
    assert applied.mul(100).round().to_dict() == {"K": 28, "M": 47}
    assert granted.mul(100).round().to_dict() == {"K": 75, "M": 79}


WOMEN, MEN = (10, 70, 10, 20), (10, 50, 10, 40)


def test_gaps_are_newcombes_by_statsmodels():
    extended, applied, granted, _ = extensions.gap(counted(WOMEN, MEN))
    for found, counts in (
        (extended, (20, 100, 40, 100)),
        (applied, (30, 100, 50, 100)),
        (granted, (20, 30, 40, 50)),
    ):
        limits = confint_proportions_2indep(*counts, method="newcomb", compare="diff")
        assert (found.low, found.high) == pytest.approx(limits)
        assert (found.women, found.men) == (counts[0] / counts[1], counts[2] / counts[3])
        assert (found.n_women, found.n_men) == (counts[1], counts[3])
        assert found.estimate == pytest.approx(found.women - found.men)


def test_women_and_men_are_not_swapped():
    both = (extensions.gap(counted(*sexes))[:3] for sexes in ((WOMEN, MEN), (MEN, WOMEN)))
    for found, mirrored in zip(*both, strict=True):
        assert found.estimate < 0 < mirrored.estimate
        assert mirrored.low == pytest.approx(-found.high)


def test_there_is_one_headline_and_it_is_the_share_extended(gaps):
    assert [gap.headline for gap in gaps] == [True, False, False, False]
    assert gaps[0].measure.name == "andel förlängda placeringar"
    assert gaps[0].women == 24 / 120


def test_mean_days_are_those_of_the_rows_in_whole_weeks(sample, gaps):
    first = sample["extensions"].query("outcome != 'withdrawn'").drop_duplicates("placement_id")
    told = first.merge(sample["placements"], on="placement_id")
    told = told[(told["outcome"] == "granted") & (told["planned_end_on"] <= "2025-12-31")]
    weeks = 7 * (told["days_granted"] // 7) + 3.5
    mean = weeks.groupby(told["sex"]).mean()
    assert (gaps[-1].women, gaps[-1].men) == pytest.approx((mean["K"], mean["M"]))


@pytest.mark.parametrize(("lacking", "is_shown"), [(0, True), (1, False), (4, False), (5, True)])
def test_days_do_not_tell_how_few_extensions_lack_them(lacking, is_shown):
    own = [("K", 50.0, 1, 20 - lacking - 8), ("K", 90.0, 1, 8), ("M", 50.0, 1, 20)]
    table = pd.DataFrame([*own, ("M", 90.0, 1, 20)], columns=["sex", "time", "event", "n"])
    *_, found = extensions.gap(replace(counted(WOMEN, MEN), days=protect_durations(table)))
    assert (found.verdict is not Verdict.TOO_FEW) == is_shown


@pytest.mark.parametrize("order", [None, ["apply", "grant"], ["grant", "apply"]])
def test_the_parts_sum_to_the_gap(order, safe, gaps):
    parts = extensions.split(safe, order)
    assert sum(p.value for p in parts.contributions.values()) == pytest.approx(gaps[0].estimate)
    assert sum(p.value for p in parts.shares.values()) == pytest.approx(1)
    whole = parts.difference
    assert (whole.low, whole.high) == pytest.approx((gaps[0].low, gaps[0].high))


def test_the_parts_are_kitagawas_by_hand():
    parts = extensions.split(counted(WOMEN, MEN))
    assert parts.contributions["apply"].value == pytest.approx((0.3 - 0.5) * (2 / 3 + 0.8) / 2)
    assert parts.contributions["grant"].value == pytest.approx((2 / 3 - 0.8) * (0.3 + 0.5) / 2)


def test_in_the_sample_the_gap_arises_when_applying(safe):
    parts = extensions.split(safe)
    assert parts.shares["apply"].value > 0.8
    assert parts.contributions["apply"].excludes(0)
    assert not parts.contributions["grant"].excludes(0)


FEW = {
    "few granted": ((10, 70, 10, 3), MEN),
    "few denied": ((10, 70, 2, 20), MEN),
    "few women": ((0, 3, 1, 1), MEN),
    "nobody granted": ((10, 70, 10, 0), MEN),
    "nobody": ((0, 0, 0, 0), MEN),
}


@pytest.mark.parametrize(("women", "men"), FEW.values(), ids=FEW)
def test_what_may_not_be_shown_is_too_few_and_split_by_nothing(women, men):
    counts = counted(women, men)
    gaps = extensions.gap(counts)
    assert Verdict.TOO_FEW in {gap.verdict for gap in gaps}
    assert [gap.headline for gap in gaps] == [True, False, False, False]
    assert extensions.split(counts) is None


def test_one_sex_alone_is_too_few():
    frames = {"placements": PLACEMENTS.query("sex == 'K'"), "extensions": APPLICATIONS}
    assert {gap.verdict for gap in extensions.gap(protected(frames, AS_OF))} == {Verdict.TOO_FEW}


def test_intervals_for_persons_are_wider_and_agree_with_a_bootstrap_of_persons(sample, safe):
    told = _by_group(extensions.sensitivity(safe))
    alone, several = told["varje placering för sig"], told["hänsyn till flera per person"]
    assert several.estimate == alone.estimate
    assert several.low < alone.low
    assert several.high > alone.high
    assert several.high - several.low == pytest.approx(_bootstrapped(sample), rel=0.1)


# The persons drawn: of views that were each without holes and gave something away together, the
# periods had to go with the first, the turns too with the second, and the days with the last.
DRAWN = {13: (0.5, ["days", "turns"]), 8: (0.5, ["days"]), 1: (0.2, [])}


@pytest.mark.parametrize("seed", DRAWN)
def test_views_that_give_something_away_together_are_left_out(sample, seed):
    share, left = DRAWN[seed]
    placements = sample["placements"]
    drawn = placements["person_id"].drop_duplicates().sample(frac=share, random_state=seed)
    some = sample | {"placements": placements[placements["person_id"].isin(drawn)]}
    counts = protected(some, date(2025, 12, 31))
    assert not attack([f for each in counts.everything_told() for f in facts(each)], Rules())
    assert [
        view for view in ("days", "turns", "periods") if getattr(counts, view) is not None
    ] == left
    assert len(extensions.gap(counts)) == 4


def _by_group(gaps):
    return {gap.group: gap for gap in gaps}


def _bootstrapped(sample):
    """Width of the interval when persons are drawn, each sex by itself."""
    first = sample["extensions"].query("outcome != 'withdrawn'").drop_duplicates("placement_id")
    rows = sample["placements"].merge(first, on="placement_id", how="left")
    pending = rows["applied_on"].notna() & rows["outcome"].isna()
    rows = rows[(rows["planned_end_on"] <= "2025-12-31") & ~pending]
    extended = (rows["outcome"] == "granted").groupby([rows["sex"], rows["person_id"]])
    persons = extended.agg(["size", "sum"])
    women, men = (persons.loc[sex].to_numpy() for sex in "KM")

    def gap(women, men, axis):
        share = [np.take(x, 1, -1).sum(axis) / np.take(x, 0, -1).sum(axis) for x in (women, men)]
        return share[0] - share[1]

    rng = np.random.default_rng(1)
    drawn = [
        gap(*(x[rng.integers(len(x), size=len(x))] for x in (women, men)), 0) for _ in range(4000)
    ]
    low, high = np.quantile(drawn, [0.025, 0.975])
    return high - low


def test_like_is_compared_with_like_in_the_adjusted_gap():
    """Care form decides and women have the one more often: held equal, nothing differs."""
    cells = {("K", "a"): (30, 10), ("K", "b"): (60, 60), ("M", "a"): (90, 30), ("M", "b"): (20, 20)}
    strata = pd.DataFrame(
        [
            (sex, stratum, extended, n)
            for (sex, stratum), both in cells.items()
            for extended, n in zip((False, True), both, strict=True)
        ],
        columns=["sex", "stratum", "extended", "n"],
    )
    counts = counted((0, 80, 10, 70), (0, 100, 10, 50))
    persons = protect(pd.DataFrame({"trials": [1, 1], "successes": [0, 1], "n": [200, 120]}))
    turns, strata = protect(strata.assign(turn="first")), protect(strata)
    found = extensions.sensitivity(replace(counts, persons=persons, turns=turns, strata=strata))
    assert _by_group(found)["lika vårdform och period"].estimate == pytest.approx(0, abs=1e-9)
    assert _by_group(found)["varje placering för sig"].estimate > 0.05


def test_small_strata_are_pooled_until_all_may_be_shown(safe, sample):
    strata = safe.strata
    assert not any(isinstance(n, Hidden) for n in strata["n"])
    assert not strata["n"].between(1, Rules().min_count - 1).any()
    summed = strata[(strata["stratum"] == TOTAL) & (strata["extended"] == TOTAL)]
    assert dict(zip(summed["sex"], summed["n"], strict=True)) == {"K": 120, "M": 240, TOTAL: 360}
    assert {*strata["stratum"]} - {TOTAL} == {
        "annan vårdform 2022–23", "annan vårdform 2024–25", "familjehem 2022–23, 2024–25"
    }  # fmt: skip


def test_periods_are_compared_but_care_forms_are_not_told(safe):
    gaps = extensions.by_period(safe)
    assert [gap.group for gap in gaps] == ["påbörjade 2022–23", "påbörjade 2024–25"]
    assert sum(gap.n_women for gap in gaps) == 120
    everything = [*gaps, *extensions.gap(safe), *extensions.sensitivity(safe)]
    told = [fact for gap in everything for each in gap.told for fact in facts(each)]
    assert any("started" in dict(fact.cell.where) for fact in told)
    assert not any("care_form" in dict(fact.cell.where) for fact in told)


def test_the_model_s_answer_is_told_in_whole_percentage_points(safe):
    adjusted = _by_group(extensions.sensitivity(safe))["lika vårdform och period"]
    for number in (adjusted.estimate, adjusted.low, adjusted.high):
        assert round(number, 2) == number


def test_one_too_small_stratum_takes_the_smallest_other_along():
    large = [("annan vårdform", "2022–23", 40), ("annan vårdform", "2024–25", 30)]
    tallied = pd.DataFrame(
        [
            (sex, care, period, stage, n)
            for sex in "KM"
            for care, period, n in [*large, ("familjehem", "2022–23", 3)]
            for stage in ("granted", "not applied")
        ],
        columns=["sex", "care", "period", "stage", "n"],
    )
    pooled = extensions.pool(tallied)
    assert set(pooled["stratum"]) == {
        "annan vårdform 2022–23", "annan vårdform 2024–25; familjehem 2022–23"
    }  # fmt: skip
    assert pooled["n"].sum() == tallied["n"].sum()


def test_a_table_that_hides_anything_gives_no_second_view(safe):
    strata = safe.strata.assign(n=[Hidden("small-count"), *safe.strata["n"][1:]])
    counts = replace(safe, strata=strata, persons=strata, turns=strata, periods=strata)
    assert extensions.by_period(counts) == []
    assert not counts.told_by_period + counts.told_by_person + counts.told_by_turn
    found = extensions.sensitivity(counts)
    told = _by_group(found)
    assert told["varje placering för sig"].verdict is Verdict.ESTABLISHED
    assert {g.verdict for name, g in told.items() if name != "varje placering för sig"} == {
        Verdict.TOO_FEW
    }
