"""Models on counts, against R's glm, a textbook, and as properties."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.discrete.discrete_model import Logit
from statsmodels.stats.proportion import confint_proportions_2indep

from helpers.stats import adjusted

# The fit stops where it gains no more than 1e-8, some decimals before the limits settle.
few = settings(max_examples=25, deadline=None)
TIME = [10.5, 12.25, 8, 14, 9.5, 11, 7.25, 10, 6, 8.5, 9, 7.5]


def table(count, **size):
    """Two groups in three forms of care and two years. Invented."""
    form, year = ["HVB"] * 4 + ["home"] * 4 + ["own"] * 4, [2024, 2024, 2025, 2025] * 3
    return pd.DataFrame({"sex": ["K", "M"] * 6, "form": form, "year": year, "count": count, **size})


@pytest.fixture
def placed():
    n = [20, 30, 18, 33, 15, 20, 14, 22, 19, 21, 16, 17]
    return table([4, 12, 6, 15, 3, 9, 2, 11, 7, 8, 5, 6], n=n)


@pytest.fixture
def endings():
    return table([4, 12, 16, 15, 3, 19, 2, 11, 17, 8, 5, 6], time=TIME)


@st.composite
def cells(draw):
    """Both sexes in each of one to four categories, with events and people without."""
    kinds = draw(st.integers(1, 4))
    some = st.lists(st.integers(1, 15), min_size=2 * kinds, max_size=2 * kinds)
    count, rest = np.array(draw(some)), np.array(draw(some))
    kind = np.repeat(range(kinds), 2)
    return pd.DataFrame(
        {"sex": ["K", "M"] * kinds, "kind": kind, "count": count, "n": count + rest}
    )


def numbers(estimate):
    return estimate.value, estimate.low, estimate.high


def test_the_gap_is_that_of_r(placed):
    # R 4.2.2: glm(cbind(count, n - count) ~ sex + form + year, binomial), its predictions
    # averaged over all rows as K less as M, the delta method with central differences.
    expected = (-0.1617223492173, -0.2800755240041, -0.0433691744304)
    assert numbers(adjusted.gap(placed, "sex", "K")) == pytest.approx(expected, abs=1e-8)


def test_the_gap_is_the_marginal_effect_of_statsmodels_on_rows(placed):
    rows = placed.loc[placed.index.repeat(placed["n"])]
    turn = rows.groupby(level=0).cumcount()
    design = pd.get_dummies(rows[["sex", "form", "year"]].astype(str), drop_first=True, dtype=float)
    fitted = Logit((turn < rows["count"]).astype(float), design.assign(one=1.0)).fit(disp=False)
    effect = fitted.get_margeff(dummy=True).summary_frame().loc["sex_M"]
    expected = -effect["dy/dx"], -effect["Cont. Int. Hi."], -effect["Conf. Int. Low"]
    assert numbers(adjusted.gap(placed, "sex", "K")) == pytest.approx(expected, abs=1e-6)


def test_the_rate_ratio_is_that_of_r(endings):
    # R 4.2.2: glm(count ~ sex + form + year + offset(log(t)), poisson).
    expected = (0.827788894668, 0.572299197256, 1.197336039297)
    assert numbers(adjusted.rate_ratio(endings, "sex", "K")) == pytest.approx(expected, rel=1e-5)


@few
@given(cells())
def test_with_nothing_to_hold_equal_the_gap_is_the_plain_one(table):
    sums = table.groupby("sex")[["count", "n"]].sum()
    (k1, n1), (k2, n2) = sums.loc["K"], sums.loc["M"]
    found = adjusted.gap(table.drop(columns="kind"), "sex", "K")
    wald = confint_proportions_2indep(k1, n1, k2, n2, method="wald", compare="diff")
    assert numbers(found) == pytest.approx((k1 / n1 - k2 / n2, *wald), abs=1e-4)


@few
@given(cells())
def test_swapped_groups_turn_gap_and_ratio(table):
    ahead, back = (numbers(adjusted.gap(table, "sex", sex)) for sex in "KM")
    assert ahead == pytest.approx([-back[0], -back[2], -back[1]], abs=1e-4)
    rates = table.rename(columns={"n": "time"})
    ahead, back = (numbers(adjusted.rate_ratio(rates, "sex", sex)) for sex in "KM")
    assert ahead == pytest.approx([1 / back[0], 1 / back[2], 1 / back[1]], rel=1e-4)


@few
@given(cells(), st.floats(0.1, 10))
def test_neither_order_nor_unit_of_time_nor_split_rows_matter(table, unit):
    mixed = pd.concat([table.iloc[::-1], table]).sample(frac=1, random_state=1)
    double = table.assign(count=2 * table["count"], n=2 * table["n"])
    expected = numbers(adjusted.gap(double, "sex", "K"))
    assert numbers(adjusted.gap(mixed, "sex", "K")) == pytest.approx(expected, abs=1e-4)
    rates = table.rename(columns={"n": "time"})
    scaled = rates.assign(time=rates["time"] * unit)
    ours, theirs = (adjusted.rate_ratio(rows, "sex", "K") for rows in (rates, scaled))
    assert numbers(ours) == pytest.approx(numbers(theirs), rel=1e-4)


@few
@given(cells(), st.floats(0.2, 5))
def test_a_ratio_that_is_one_in_all_categories_is_found_however_the_groups_are_spread(table, ratio):
    rate = (1 + table["kind"]) * np.where(table["sex"] == "K", ratio, 1)
    found = adjusted.rate_ratio(table.assign(time=table["count"] / rate), "sex", "K")
    assert found.value == pytest.approx(ratio, rel=1e-5)


def test_a_category_in_which_nobody_has_it_adds_no_gap_and_no_warning(recwarn):
    rows = {"sex": ["K", "M"] * 2, "form": list("aabb"), "count": [3, 9, 0, 0], "n": [10, 20] * 2}
    with_empty = pd.DataFrame(rows)
    alone, whole = (adjusted.gap(t, "sex", "K") for t in (with_empty[:2], with_empty))
    assert numbers(whole) == pytest.approx([x / 2 for x in numbers(alone)], abs=1e-6)
    assert not recwarn


def test_a_model_with_a_parameter_for_each_row_gives_no_warning(recwarn):
    rows = pd.DataFrame({"sex": ["K", "M"], "count": [3, 9], "time": [10, 20]})
    assert adjusted.rate_ratio(rows, "sex", "K").value == pytest.approx(3 / 10 / (9 / 20))
    assert not recwarn


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"count": [4, 31] * 6}, "at most n"),
        ({"count": [0, 5] * 6}, "some have it and some not"),
        ({"count": [-1, 5] * 6}, "0 or more"),
        ({"sex": ["K", "X"] * 5 + ["K", "M"]}, "two values"),
        ({"sex": ["M", "X"] * 6}, "two values"),
        ({"form": ["a", "b"] * 6}, "cannot be told"),
    ],
)
def test_what_cannot_be_compared_is_refused(placed, change, message):
    with pytest.raises(ValueError, match=message):
        adjusted.gap(placed.assign(**change), "sex", "K")


def test_a_table_without_rows_or_columns_is_refused(placed, endings):
    with pytest.raises(ValueError, match="two values"):
        adjusted.gap(placed[:0], "sex", "K")
    with pytest.raises(ValueError, match="lack n"):
        adjusted.gap(endings, "sex", "K")
    with pytest.raises(ValueError, match="events in both groups"):
        adjusted.rate_ratio(endings.assign(count=[0, 3] * 6), "sex", "K")
