"""What survival estimators accept, refuse and leave open."""

import numpy as np
import pandas as pd
import pytest

from helpers.stats import survival

ESTIMATORS = {
    "kaplan_meier": (
        survival.kaplan_meier,
        ["time", "at_risk", "events", "censored", "survival", "se", "low", "high"],
    ),
    "cumulative_incidence": (
        survival.cumulative_incidence,
        ["time", "at_risk", "events", "incidence", "se", "low", "high"],
    ),
    "incidence_at": (
        lambda counts: survival.incidence_at(counts, [1, 2]),
        ["time", "at_risk", "incidence", "se", "low", "high"],
    ),
    "median": (survival.median, ["median", "low", "high", "n"]),
    "restricted_mean": (
        lambda counts: survival.restricted_mean(counts, 5),
        ["mean", "se", "low", "high", "n"],
    ),
}
TESTS = {"logrank": survival.logrank, "gray": survival.gray}
EVERYTHING = [estimator for estimator, _ in ESTIMATORS.values()] + list(TESTS.values())


def counts(*rows, by="sex"):
    return pd.DataFrame(rows, columns=[by, "time", "event", "n"])


WAITS = counts(("M", 3, 1, 6), ("K", 2, 1, 4), ("K", 2, 1, 4), ("K", 5, 0, 2), ("M", 5, 2, 2))


@pytest.mark.parametrize(("estimator", "columns"), ESTIMATORS.values(), ids=ESTIMATORS)
@pytest.mark.parametrize("by", [[], ["sex"]])
def test_an_empty_table_gives_an_empty_table(estimator, columns, by):
    result = estimator(WAITS[[*by, "time", "event", "n"]].head(0))
    assert result.columns.tolist() == [*by, *columns]
    assert result.empty


@pytest.mark.parametrize(("estimator", "columns"), ESTIMATORS.values(), ids=ESTIMATORS)
def test_grouping_columns_come_first_and_groups_in_order(estimator, columns):
    result = estimator(WAITS)
    assert result.columns.tolist() == ["sex", *columns]
    assert result["sex"].unique().tolist() == ["K", "M"]


@pytest.mark.parametrize("estimator", EVERYTHING)
@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("n", -1),
        ("n", 1.5),
        ("n", None),
        ("time", -1),
        ("time", np.inf),
        ("time", "soon"),
        ("event", 3),
    ],
)
def test_invalid_counts_are_refused_without_showing_them(estimator, column, value):
    wrong = WAITS.astype(object)
    wrong.loc[0, column] = value
    with pytest.raises(ValueError, match=rf"^{column} must be .*; it is not in 1 row\(s\)$"):
        estimator(wrong)


@pytest.mark.parametrize("estimator", EVERYTHING)
def test_a_missing_column_is_named(estimator):
    with pytest.raises(ValueError, match="the counts lack event"):
        estimator(WAITS.drop(columns="event"))


@pytest.mark.parametrize("test", TESTS.values(), ids=TESTS)
def test_a_stratum_must_be_a_grouping_column(test):
    with pytest.raises(ValueError, match="strata must be grouping columns, not has_children"):
        test(WAITS, ["has_children"])


def test_an_unknown_event_level_or_horizon_is_refused():
    with pytest.raises(ValueError, match="must be 1 or 2"):
        survival.kaplan_meier(WAITS, event=3)
    with pytest.raises(ValueError, match="level must lie between 0 and 1"):
        survival.kaplan_meier(WAITS, level=95)
    with pytest.raises(ValueError, match="horizon must be above 0"):
        survival.restricted_mean(WAITS, 0)
    with pytest.raises(ValueError, match="times must be 0 or more"):
        survival.incidence_at(WAITS, [-1])


def test_rows_of_nobody_count_for_nothing():
    nobody = counts(("K", 9, 1, 0), ("X", 1, 1, 0))
    result = survival.kaplan_meier(pd.concat([WAITS, nobody]))
    pd.testing.assert_frame_equal(result, survival.kaplan_meier(WAITS))


def test_counts_of_any_integer_type_and_missing_groups_are_taken():
    unsure = WAITS.assign(sex=WAITS["sex"].replace("M", None)).astype({"n": "Int64"})
    result = survival.median(unsure)
    assert result["median"].tolist() == survival.median(WAITS)["median"].tolist()
    assert result["sex"].isna().tolist() == [False, True]


def test_the_curve_starts_at_time_0():
    start = survival.kaplan_meier(WAITS).iloc[0]
    assert start[["time", "at_risk", "survival", "se"]].tolist() == [0, 10, 1, 0]
    assert np.isnan(start["low"])


def test_events_at_once_lower_the_curve_at_time_0():
    curve = survival.kaplan_meier(counts(("K", 0, 1, 1), ("K", 4, 0, 3)))
    assert curve["survival"].tolist() == [0.75, 0.75]


def test_one_person():
    one = counts(("K", 4, 1, 1))
    assert survival.kaplan_meier(one)["survival"].tolist() == [1, 0]
    assert survival.median(one).iloc[0, 1:].tolist() == [4, 0, np.inf, 1]
    assert survival.restricted_mean(one, 5)["mean"].tolist() == [4]
    assert survival.logrank(one).empty
    assert survival.gray(one).empty


def test_groups_that_are_never_at_risk_together_cannot_be_told_apart():
    apart = counts(("K", 1, 1, 3), ("M", 2, 1, 3)).assign(stratum=["x", "y"])
    result = survival.logrank(apart, ["stratum"]).iloc[0]
    assert result["df"] == 0
    assert np.isnan(result["p_value"])


def test_incidence_is_unknown_after_the_last_time_while_somebody_waits():
    result = survival.incidence_at(WAITS, [5, 6]).set_index(["sex", "time"])
    assert result.loc[("K", 5), "incidence"] == pytest.approx(0.8)
    assert np.isnan(result.loc[("K", 6), "incidence"])
    assert result.loc[("M", 6), "incidence"] == pytest.approx(0.75)
    assert result["at_risk"].tolist() == [2, 0, 2, 0]


def test_incidence_at_reads_the_curve_between_its_rows():
    result = survival.incidence_at(WAITS, [4, 1]).set_index(["sex", "time"])
    assert result.loc[("K", 4), "incidence"] == pytest.approx(0.8)
    assert result.loc[("K", 1), "incidence"] == 0


def test_past_what_was_seen_those_who_wait_are_taken_to_wait_on():
    means = survival.restricted_mean(WAITS, 6).set_index("sex")["mean"]
    assert means["K"] == pytest.approx(2 + 4 * 2 / 10)
    assert means["M"] == pytest.approx(3 + 3 * 2 / 8)
    everyone = counts(("K", 2, 1, 3), ("K", 4, 1, 1))
    assert survival.restricted_mean(everyone, 6)["mean"].tolist() == [2.5]


def test_times_equal_to_within_rounding_are_tied():
    # As in R's survival, whose timefix makes 0.3 and 0.1 + 0.2 one.
    apart = counts(("K", 0.3, 0, 1), ("K", 0.1 + 0.2, 1, 1), ("K", 1, 1, 1))
    curve = survival.kaplan_meier(apart)
    assert curve["at_risk"].tolist() == [3, 3, 1]
    assert curve["survival"].tolist() == pytest.approx([1, 2 / 3, 0])
    exact = apart.assign(time=[0.3, 0.3, 1])
    others = counts(("M", 0.3, 1, 2), ("M", 1, 0, 1))
    pd.testing.assert_frame_equal(
        survival.logrank(pd.concat([apart, others])), survival.logrank(pd.concat([exact, others]))
    )


def test_competing_events_censor_the_kaplan_meier_curve():
    curve = survival.kaplan_meier(WAITS).set_index(["sex", "time"])
    assert curve.loc[("M", 5), "censored"] == 2
    assert survival.kaplan_meier(WAITS, event=2)["events"].sum() == 2
