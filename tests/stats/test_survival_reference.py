"""Survival estimators against published examples, work by hand, and R.

`reference/survival.R` made the tables this file reads, with R's survival and cmprsk.
"""

from fractions import Fraction
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from helpers.stats import survival

REFERENCE = Path(__file__).parent / "reference"
SAMPLES = ["remission", "marrow", "weeks"]
EXACT = {"rtol": 1e-8, "atol": 1e-8}


def table(name):
    return pd.read_csv(REFERENCE / f"{name}.csv")


def sample(name):
    return table(name).drop(columns="stratum")


def answers(name, data):
    rows = table(name).query("data == @data")
    return rows.drop(columns="data").reset_index(drop=True)


def assert_same(ours, theirs):
    ours = ours[ours["time"].isin(theirs["time"])].reset_index(drop=True)
    pd.testing.assert_frame_equal(ours[theirs.columns], theirs, check_dtype=False, **EXACT)


@pytest.fixture
def remission():
    """Weeks in remission of 42 children with leukaemia: Freireich et al. (1963), Blood 21, 699."""
    return sample("remission")


def test_kaplan_meier_gives_the_table_of_klein_and_moeschberger(remission):
    curve = survival.kaplan_meier(remission)
    drug = curve[(curve["group"] == "6-MP") & (curve["events"] > 0)]
    # Survival Analysis, 2nd ed., table 4.1B.
    assert drug["time"].tolist() == [6, 7, 10, 13, 16, 22, 23]
    assert drug["at_risk"].tolist() == [21, 17, 15, 12, 11, 7, 6]
    published = [0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448]
    assert drug["survival"].tolist() == pytest.approx(published, abs=5e-4)
    published = [0.0764, 0.0869, 0.0963, 0.1068, 0.1141, 0.1282, 0.1346]
    assert drug["se"].tolist() == pytest.approx(published, abs=6e-5)


def test_half_of_the_placebo_children_relapse_within_8_weeks_and_of_the_treated_within_23(
    remission,
):
    assert survival.median(remission)["median"].tolist() == [23, 8]


def test_logrank_gives_the_published_statistic(remission):
    test = survival.logrank(remission).iloc[0]
    assert test["statistic"] == pytest.approx(16.79, abs=5e-3)
    assert test["df"] == 1


def test_incidence_by_hand():
    counts = pd.DataFrame({"time": [1, 2, 3, 4, 5], "event": [1, 2, 1, 0, 1], "n": 1})
    incidence = survival.cumulative_incidence(counts)["incidence"]
    by_hand = [0, *(Fraction(k, 5) for k in (1, 1, 2, 2, 4))]
    assert incidence.tolist() == pytest.approx([float(share) for share in by_hand])


def test_mean_wait_by_hand():
    counts = pd.DataFrame({"time": [2, 4, 6], "event": [1, 0, 1], "n": 1})
    mean = survival.restricted_mean(counts, horizon=5).iloc[0]
    assert mean["mean"] == pytest.approx(2 + 3 * 2 / 3)
    assert mean["se"] == pytest.approx(np.sqrt(2**2 / (3 * 2)))


@pytest.mark.parametrize("data", SAMPLES)
def test_kaplan_meier_equals_survfit(data):
    theirs = answers("kaplan_meier", data).fillna({"se": 0.0})
    assert_same(survival.kaplan_meier(sample(data)), theirs)


@pytest.mark.parametrize("data", SAMPLES)
def test_median_equals_survfit(data):
    theirs = answers("median", data).fillna(np.inf)
    pd.testing.assert_frame_equal(survival.median(sample(data)), theirs, check_dtype=False, **EXACT)


@pytest.mark.parametrize("data", SAMPLES)
def test_restricted_mean_equals_survfit(data):
    theirs = answers("restricted_mean", data)
    ours = survival.restricted_mean(sample(data), theirs["horizon"][0])
    columns = ["group", "mean", "se"]
    pd.testing.assert_frame_equal(ours[columns], theirs[columns], **EXACT)


@pytest.mark.parametrize(
    ("data", "cause"), [(data, 1) for data in SAMPLES] + [("marrow", 2), ("weeks", 2)]
)
def test_incidence_equals_multistate_survfit(data, cause):
    theirs = answers(f"incidence_{cause}", data)
    assert_same(survival.cumulative_incidence(sample(data), cause=cause), theirs)


@pytest.mark.parametrize(
    "answer", table("tests").to_dict("records"), ids=lambda row: " ".join(map(str, row.values()))
)
def test_tests_equal_survdiff_and_cuminc(answer):
    strata = ["stratum"] if answer["stratified"] else []
    counts = table(answer["data"]) if strata else sample(answer["data"])
    ours = getattr(survival, answer["test"])(counts, strata, answer["cause"]).iloc[0]
    expected = {column: answer[column] for column in ("statistic", "df", "p_value")}
    assert ours.to_dict() == pytest.approx(expected, rel=1e-8)
