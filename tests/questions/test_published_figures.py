"""What the published figures allow, and where they contradict each other."""

import pandas as pd
import pytest

from helpers.paths import PUBLISHED
from helpers.questions import published_figures


@pytest.fixture(scope="module")
def figures():
    return pd.read_csv(PUBLISHED / "figures.csv", dtype={"n": "Int64"})


@pytest.fixture
def survey():
    """A small audit in which everything agrees."""
    rows = [
        ("tabell", "ja", 6.0, "count", 9, True),
        ("tabell", "nej", 3.0, "count", 9, True),
        ("tabell", "ja", 67.0, "percent", 9, True),
        ("tabell", "nej", 33.0, "percent", 9, True),
        ("text", "ja", 6.0, "count", pd.NA, False),
    ]
    columns = ["passage", "measure", "value", "unit", "n", "part"]
    table = pd.DataFrame(rows, columns=columns).astype({"n": "Int64"})
    return table.assign(source="audit", place=None, period="2023", topic="stöd", group="women")


def claim(figures, measure, **options):
    table = published_figures.possible_groups(figures, **options)
    return table.set_index("measure").loc[measure]


def found(figures):
    return {
        (row.rule, row.topic, row.measure, row.values)
        for row in published_figures.contradictions(figures).itertuples(index=False)
    }


@pytest.mark.parametrize("measure", ["påverka hjälp", "helhetssyn"])
def test_both_survey_items_rest_on_seven_women_and_twelve_men(figures, measure):
    row = claim(figures, measure)
    assert (row["n_women"], row["n_men"], row["possibilities"]) == ((7,), (12,), 1)


@pytest.mark.parametrize("skipped", [0, 1, 5])
def test_the_claimed_gap_is_not_established_whoever_skipped_the_item(figures, skipped):
    row = claim(figures, "helhetssyn", skipped=skipped)
    limits = [row["gap_low"], row["gap_high"], row["low"], row["high"]]
    assert limits == pytest.approx([-34.5, -34.5, -67.3, 3.7], abs=0.05)
    assert row["established"] == 0


def test_every_percentage_without_a_number_of_answers_is_tried(figures):
    table = published_figures.possible_groups(figures)
    without = figures[(figures["unit"] == "percent") & figures["n"].isna()]
    assert table[["women", "men", "total"]].notna().sum().sum() == len(without)


def test_a_percentage_by_itself_has_sizes_but_no_gap(figures):
    row = claim(figures, "andel av oplanerade avslut i familjehemsvård för vuxna")
    assert row["n_women"] == (17, 20, 23, 26)
    assert row["n_men"] == ()
    assert pd.isna(row["low"])


def test_what_no_group_so_small_can_give_is_still_listed(figures):
    row = claim(figures, "söker förlängning", max_total=30)
    assert (row["possibilities"], row["n_women"], row["n_men"]) == (0, (), ())
    assert claim(figures, "söker förlängning", max_total=33)["n_women"] == (18,)


def test_nothing_is_asked_of_figures_that_all_state_their_answers(survey):
    assert published_figures.possible_groups(survey.assign(base=None)).empty


def test_nine_tenths_of_the_gap_in_extensions_come_from_applying(figures):
    steps = published_figures.extended(figures).set_index("step")
    both = steps.loc["får förlängning"]
    assert [both["women"], both["men"]] == pytest.approx([21.0, 37.1], abs=0.05)
    assert both["contribution"] == pytest.approx(-16.1, abs=0.05)
    assert steps.loc["söker förlängning", "share"] == pytest.approx(90.7, abs=0.05)
    assert steps["share"].iloc[:-1].sum() == pytest.approx(100)


def test_a_share_of_endings_says_nothing_without_the_share_of_those_placed(figures):
    ratios = published_figures.rate_ratios(figures).set_index("at_risk")["rate_ratio"]
    assert ratios[65] == pytest.approx(1)
    assert ratios[50] == pytest.approx(65 / 35)
    assert ratios[80] < 1 < ratios[30]


def test_the_contradictions_in_the_audit_are_found_and_no_others(figures):
    assert found(figures) == {
        ("Delarna ger helheten", "stödperiod", "löptext", (8, 9)),
        ("Samma fråga, lika många svar", "stödperiod", "antal svar", (10, 9)),
        ("Samma fråga, lika många svar", "färgbedömning", "antal svar", (20, 19)),
        ("Samma uppgift, samma tal", "färgbedömning", "gula frågor", (7, 10)),
        ("Samma uppgift, samma tal", "färgbedömning", "röda frågor", (12, 8)),
        (
            "Samma uppgift, samma tal",
            "behöver ytterligare trygghetsskapande insats",
            "nej",
            (3, 2),
        ),
    }


def test_figures_that_agree_raise_no_alarm(survey):
    assert found(survey) == set()
    compared = published_figures.checks(survey).set_index("rule")
    assert (compared["compared"] == compared["agreed"]).all()
    assert compared.loc["Delarna ger helheten", "compared"] == 2


@pytest.mark.parametrize(
    ("row", "value", "rule"),
    [
        (1, 2.0, "Delarna ger helheten"),
        (3, 34.0, "Procenten går att få"),
        (3, 44.0, "Procenten följer av antalet"),
        (4, 5.0, "Samma uppgift, samma tal"),
    ],
)
def test_one_changed_figure_is_found_by_its_rule(survey, row, value, rule):
    survey.loc[row, "value"] = value
    assert rule in {each[0] for each in found(survey)}


def test_parts_that_miss_a_hundred_by_rounding_alone_agree(survey):
    thirds = survey[survey["unit"] == "percent"].iloc[[0, 0, 0]]
    assert found(thirds.assign(value=33.0, measure=["a", "b", "c"])) == set()


def test_a_finding_says_in_swedish_what_was_compared(figures):
    findings = set(published_figures.contradictions(figures)["finding"])
    assert "delarna ger 8, helheten anges till 9" in findings
    assert "7 (resultatöversikt) och 10 (diskussion)" in findings
