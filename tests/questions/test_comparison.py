"""The municipality beside others: what its gaps may be, and what is never said of them."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from helpers import user_satisfaction
from helpers.data.peers import read_peers
from helpers.data.peers.sources import RESPONDENTS
from helpers.paths import PEERS
from helpers.questions import comparison
from helpers.questions.user_satisfaction import WHOLE
from helpers.stats.proportions import gap


@pytest.fixture(scope="module")
def peers():
    return read_peers(PEERS)


@pytest.fixture(scope="module")
def compared(peers):
    return comparison.compare(peers)


def changed(peers, kpi, sex, value, status="ok", place="9901"):
    """Give the peers another figure of all years."""
    rows = peers.rows.copy()
    where = (rows["kpi"] == kpi) & (rows["sex"] == sex) & (rows["place_code"] == place)
    assert where.any()
    rows.loc[where, ["value", "status"]] = value, status
    return comparison.compare(replace(peers, rows=rows))


def own(compared, year):
    (row,) = compared.of(WHOLE, "own", year).to_dict("records")
    return row


def test_the_first_place_is_the_municipality_itself(compared):
    places = compared.of(WHOLE)
    assert (compared.own, compared.year) == ("Sjövalla", 2025)
    assert places["kind"].value_counts().to_dict() == {
        "similar": 11, "group": 2, "own": 1, "country": 1,
    }  # fmt: skip


def test_the_gap_of_the_published_year_has_the_interval_of_seven_women_and_twelve_men(compared):
    row = own(compared, 2023)
    assert [row["gap"], row["women_low"], row["women_high"], row["people"]] == [-35, 7, 7, 19]
    assert [row["low"], row["high"]] == pytest.approx([-67.3, 3.7], abs=0.05)
    assert row["established"] is False


def test_figures_from_other_sources_neither_rename_a_place_nor_are_taken_for_its_own(peers):
    country = peers.rows.iloc[:3].assign(
        source="ssb", kpi="07459", place="Hele landet", place_code="0000", value=2_700_000.0
    )
    rows = pd.concat([peers.rows, country], ignore_index=True)
    found = comparison.compare(replace(peers, rows=rows))
    assert found.own == "Sjövalla"
    assert "07459" not in {*found.figures["kpi"]}


def test_only_the_surveys_own_figures_have_a_number_of_answers(compared):
    is_asked = compared.figures["kpi"].str.startswith("U355")
    assert compared.figures.loc[~is_asked, "people"].isna().all()


def test_the_limits_of_a_place_in_the_funnel_are_those_of_its_own_number(compared):
    places, limits = comparison.funnel(compared)
    for at in (0, -1):
        same = places[places["people"] == limits["people"].iloc[at]].iloc[0]
        assert [same["low"], same["high"]] == pytest.approx(
            limits[["low", "high"]].iloc[at].tolist()
        )
    half = (places["high"] - places["low"]) * places["people"] ** 0.5
    assert half.to_numpy() == pytest.approx(half.iloc[0])


def test_means_of_municipalities_have_a_gap_and_no_interval(compared):
    means = compared.figures[compared.figures["kind"].isin(["group", "country"])]
    assert means["gap"].notna().all()
    assert means["low"].isna().all()
    assert means["established"].isna().all()


def test_the_number_of_answers_of_a_group_is_a_mean_and_counts_nobody(peers):
    means = changed(peers, RESPONDENTS, "T", 50.0, place="G99001").of(WHOLE, "group")
    assert means["low"].isna().all()
    assert means["people"].isna().all()


def test_a_published_number_of_women_narrows_what_the_gap_may_be(peers, compared):
    found, unsure = own(changed(peers, RESPONDENTS, "K", 28.0), 2025), own(compared, 2025)
    assert (found["women_low"], found["women_high"]) == (28, 28)
    true = gap(19, 28, 34, 41)
    assert unsure["low"] <= found["low"] <= 100 * true.low
    assert 100 * true.high <= found["high"] <= unsure["high"]


def test_a_number_of_women_that_cannot_be_leaves_no_interval(peers):
    row = own(changed(peers, RESPONDENTS, "K", 28.0), 2023)
    assert row["people"] == 19
    assert np.isnan(row["low"])


def test_the_total_never_stands_in_for_women_who_are_secret(peers):
    row = own(changed(peers, WHOLE, "K", np.nan, "secret"), 2025)
    assert row["women_status"] == "secret"
    assert row["total"] == 77
    assert np.isnan([row["women"], row["gap"], row["low"]]).all()


def test_without_a_number_of_answers_nothing_is_said_of_how_sure_a_gap_is(peers):
    row = own(changed(peers, RESPONDENTS, "T", np.nan, "missing"), 2025)
    assert row["gap"] == -15
    assert np.isnan(row["low"])
    assert pd.isna(row["established"])


def test_what_chance_allows_narrows_with_the_number_of_answers(compared):
    places, limits = comparison.funnel(compared)
    width = limits["high"] - limits["low"]
    assert (width.diff().dropna() < 0).all()
    assert width.iloc[0] / width.iloc[-1] == pytest.approx(np.sqrt(210 / 18))
    assert set(places["kind"]) == {"own", "similar"}
    assert "Lillberga" not in set(places["place"])


def test_a_municipality_whose_number_of_women_is_too_unsure_is_left_out(compared):
    rows = compared.figures
    wide = rows.assign(women_high=rows["women_high"].where(rows["place"] != "Granholm", 180.0))
    places, _ = comparison.funnel(replace(compared, figures=wide))
    assert "Granholm" not in set(places["place"])


def test_the_fewer_answers_the_further_a_gap_is_drawn(compared):
    rows = comparison.pooled(compared).set_index("place")
    moved = (rows["drawn"] - rows["gap"]).abs()
    assert moved["Norrsele"] > moved["Björkhult"] > moved["Granholm"]
    assert rows["drawn"].std() < rows["gap"].std()
    assert ((rows["low"] < rows["drawn"]) & (rows["drawn"] < rows["high"])).all()


def test_one_municipality_alone_is_drawn_towards_nobody(compared):
    alone = replace(compared, figures=compared.figures[compared.figures["kind"] == "own"])
    assert comparison.pooled(alone).empty


def test_the_own_survey_stands_beside_the_open_figures_of_the_same_year_and_sex(compared):
    published = user_satisfaction.answer().published
    beside = (
        comparison.survey_beside(compared, published).set_index(["kpi", "year", "sex"]).sort_index()
    )
    assert beside.loc[(WHOLE, 2023), "open"].tolist() == [57, 92]
    apart = beside[beside["n"] > 25]
    assert ((apart["low"] - 1 <= apart["open"]) & (apart["open"] <= apart["high"] + 1)).mean() > 0.9


def test_people_are_set_against_the_women_and_men_who_live_there(compared, sample_gaps):
    (found,) = comparison.per_inhabitants(
        compared, {"I kö": comparison.Counted(sample_gaps.published)}
    )
    rows = compared.peers.rows
    scb = rows[(rows["source"] == "scb") & (rows["place_code"] == "9901") & (rows["year"] == 2025)]
    women, men = scb.set_index("sex")["value"][["K", "M"]]
    published = sample_gaps.published
    assert found.women.value == pytest.approx(1e4 * published.people("K") / women)
    assert found.ratio.value == pytest.approx(found.women.value / found.men.value)
    assert found.men.low < 1e4 * published.people("M") / men < found.men.high


def test_some_of_a_questions_people_can_be_set_against_the_inhabitants(compared, sample_gaps):
    housed = comparison.Counted(sample_gaps.published, "ended", {"end": "access"})
    (everyone,) = comparison.per_inhabitants(
        compared, {"I kö": housed._replace(table="people", cell={})}
    )
    (found,) = comparison.per_inhabitants(compared, {"Fått bostad": housed})
    assert 0 < found.women.value < everyone.women.value
    assert found.women.value / everyone.women.value == pytest.approx(
        housed.of("K") / sample_gaps.published.people("K")
    )


def test_without_a_population_nothing_is_per_inhabitant(peers, sample_gaps):
    rows = peers.rows[peers.rows["source"] == "kolada"]
    compared = comparison.compare(replace(peers, rows=rows))
    assert (
        comparison.per_inhabitants(compared, {"I kö": comparison.Counted(sample_gaps.published)})
        == []
    )
