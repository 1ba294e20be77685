"""The sample's audit has the published figures, and what does not agree is found unaided."""

import re
from dataclasses import replace

import pandas as pd
import pytest

from helpers import audit, read_tables
from helpers.data import DataProblem
from helpers.data.audit_contracts import AUDIT_TABLES
from helpers.paths import SAMPLE


@pytest.fixture(scope="module")
def tables():
    return read_tables(*AUDIT_TABLES)


@pytest.fixture(scope="module")
def examined(tables):
    return audit.examine(audit.protect(tables))


def changed(tables, **audits):
    """Give the tables with other things said of the audit."""
    own = type(tables)(tables)
    own["audits"] = tables["audits"].assign(**audits)
    own.is_sample = True
    return own


def findings(examined, rule):
    found = examined.contradictions
    return found.loc[found["rule"] == rule, "finding"].tolist()


def test_the_sample_has_the_published_figures(tables):
    counts = tables["audit_answers"].set_index(["question_id", "answer"])["n"]
    assert tables["audits"]["interviewed"].tolist() == [10]
    assert counts["F01"].tolist() == [0, 4, 1, 3, 2]
    assert counts["F02"].tolist() == [3, 5, 2]
    assert counts["F13"].tolist() == [6, 3]
    assert tables["audit_ratings"]["colour"].value_counts().to_dict() == {
        "red": 12, "yellow": 7, "green": 1,
    }  # fmt: skip
    asked = tables["audit_questions"]
    assert (asked["role"] != "open").sum() == 27
    assert len(tables["audit_ratings"]) == 20


def test_both_versions_are_explained_by_their_own_thresholds(examined):
    overview, discussion = examined.explanations
    assert (overview.version, overview.counts) == (
        "overview",
        {"red": 12, "yellow": 7, "green": 1},
    )
    assert (overview.red, overview.agrees, overview.tried) == ((50, 55), 17, 18)
    assert overview.exceptions == ("F12",)
    assert (discussion.version, discussion.counts) == (
        "discussion",
        {"green": 1, "yellow": 10, "red": 8},
    )
    assert (discussion.red, discussion.agrees, discussion.tried) == ((56, 66), 17, 17)
    assert discussion.left_out == ("F18",)
    assert examined.audit.questions.loc["F18", "n"] == 2


def test_one_colour_depends_on_the_threshold(examined):
    assert examined.holding[~examined.holding].index.tolist() == ["F27"]


def test_one_more_interview_could_change_the_colours_at_a_threshold(examined):
    assert examined.one_more.loc["F27"].tolist() == ["red", "red", "yellow"]
    assert examined.one_more.loc["F09"].tolist() == ["green", "yellow", "green"]
    assert "F07" not in examined.one_more.index


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("Samma uppgift, samma tal", "12 (översikten) och 8 (diskussionen)"),
        ("Samma uppgift, samma tal", "7 (översikten) och 10 (diskussionen)"),
        ("Samma uppgift, samma tal", "3 (tabellen) och 1 (löptexten)"),
        ("Samma uppgift, samma tal", "3 (tabellen) och 2 (löptexten)"),
        ("Delarna ger helheten", "delarna ger 8, helheten anges till 9"),
        ("Delarna ger helheten", "delarna ger 11, helheten anges till 10"),
        ("Samma fråga, lika många svar", "10 (tabellen) och 9 (löptexten)"),
        ("Samma fråga, lika många svar", "20 (översikten) och 19 (diskussionen)"),
        ("Bara de frågor som ska ha färg har det", "är röd men ska inte ha någon färg"),
        ("En färg bygger på tillräckligt många svar", "är röd med 2 svar"),
        ("Ett ord står för en storlek", "används för 67 % och 80 %; majoritet för 70 %, 80 %"),
        (
            "Genomgången kommer före intervjuerna",
            "intervjuer från 2023-04-01, genomgång 2023-04-28",
        ),
    ],
)
def test_what_does_not_agree_is_found(examined, rule, told):
    assert told in findings(examined, rule)


def test_the_area_without_colours_and_the_like_shares_of_two_colours_are_found(examined):
    assert any("hela området saknar färg" in told for told in findings(examined, COLOURED))
    [told] = findings(examined, "Samma andel, samma färg")
    assert "röd: Saknar du något stöd?" in told
    assert len(findings(examined, "Ett ord, ett alfabet")) == 1
    assert len(examined.contradictions) == 17


COLOURED = "Alla frågor som ska ha färg har det"


def test_few_interviewed_show_no_numbers_and_no_colours_without_consent(tables):
    shown = audit.protect(changed(tables, publish=None))
    assert shown.basis == "halves"
    assert shown.questions[["n", "unfavourable"]].isna().all(axis=None)
    assert shown.answers.empty
    assert shown.ratings.empty
    assert shown.claims["n"].isna().all()
    assert shown.audit["interviewed"] is None
    assert shown.questions.loc["F27", "is_most"]
    assert not shown.questions.loc["F12", "is_most"]


def test_consent_gives_the_colours_and_no_numbers_of_people(tables):
    shown = audit.protect(changed(tables, publish="colours"))
    assert len(shown.ratings) == 20
    assert shown.claims.dropna(subset="n")["question_id"].isna().all()
    told = audit.examine(shown)
    assert told.explanations == []
    assert "12 (översikten) och 8 (diskussionen)" in findings(told, "Samma uppgift, samma tal")


@pytest.mark.parametrize(("interviewed", "basis"), [(29, "halves"), (30, "noise")])
def test_from_thirty_interviewed_counts_have_noise(tables, interviewed, basis):
    assert audit.protect(changed(tables, publish=None, interviewed=interviewed)).basis == basis


def test_noise_is_each_rows_own_and_the_same_again(tables):
    many = changed(tables, publish=None, interviewed=40)
    one, again = audit.protect(many), audit.protect(many)
    pd.testing.assert_frame_equal(one.answers, again.answers)
    true = tables["audit_answers"]["n"]
    moved = one.answers["n"] - true
    assert moved.abs().max() <= one.rules.max_noise
    assert 1 < moved[true > 0].var() < 7
    assert (one.answers["n"][true == 0] == 0).all()


def test_few_peoples_suggestions_are_counted_and_not_shown(tables):
    shown = audit.protect(tables)
    assert shown.held_back == 1
    assert "people" not in shown.suggestions
    assert len(shown.suggestions) == len(tables["suggestions"]) - 1


def test_change_is_newcombes_interval_of_the_two_audits(tables):
    """5 of 10 and then 1 of 10: as statsmodels' `confint_proportions_2indep` has it."""
    first = audit.protect(tables)
    questions = first.questions.assign(unfavourable=first.questions["unfavourable"].clip(upper=1))
    found = audit.change(first, replace(first, questions=questions)).loc["F12"]
    assert (found["before"], found["after"]) == (0.5, 0.1)
    assert found["value"] == pytest.approx(-0.4)
    assert (found["low"], found["high"]) == pytest.approx((-0.67591, 0.00236), abs=1e-5)


WRONG = [
    {
        "audits": ({"interviewed_to": "2023-03-01"}, "sista intervjun före den första"),
        "audit_questions": ({"parent_id": "F02"}, "fråga som följer utan att vara följdfråga"),
        "audit_ratings": ({"colour": "blå"}, "okänt värde"),
    },
    {
        "audit_answers": ({"question_id": "F99"}, "hör inte till någon rad i audit_questions"),
        "audit_claims": ({"n": None, "quantifier": None}, "varken ord eller antal"),
        "suggestions": ({"people": "0"}, "för litet värde"),
    },
]


@pytest.mark.parametrize("wrong", WRONG)
def test_all_that_is_wrong_in_any_table_is_told_at_once(tmp_path, wrong):
    for name in AUDIT_TABLES:
        frame = pd.read_csv(SAMPLE / f"{name}.csv", dtype="string")
        for column, value in wrong.get(name, ({}, ""))[0].items():
            frame.loc[0, column] = value
        frame.to_csv(tmp_path / f"{name}.csv", index=False)
    with pytest.raises(DataProblem) as raised:
        read_tables(*AUDIT_TABLES, source=tmp_path)
    for name, (_, told) in wrong.items():
        assert re.search(f"{name}.*{told} \\(1 rad", str(raised.value))


def test_an_unfavourable_answer_that_nobody_could_give_is_told(tables):
    own = type(tables)(tables)
    own["audit_questions"] = tables["audit_questions"].assign(unfavourable="aldrig")
    with pytest.raises(DataProblem, match="unfavourable: svar som ingen fråga har"):
        audit.protect(own)


def test_an_audit_that_is_not_there_is_told(tables):
    with pytest.raises(DataProblem, match="okänd revision"):
        audit.protect(tables, "R9")
