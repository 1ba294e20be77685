"""A municipality may tighten the rules, never loosen them."""

from dataclasses import asdict

import pytest
import yaml

from helpers.disclosure import Hidden, Reason, RuleProblem, Rules, explained, load_rules, shown_sum
from helpers.paths import ROOT


@pytest.fixture(autouse=True)
def no_override(monkeypatch):
    monkeypatch.delenv("LIKAVARD_DISCLOSURE", raising=False)


def written(tmp_path, text):
    path = tmp_path / "egna-regler.yml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_repository_follows_the_least_allowed_rules():
    assert load_rules() == Rules(
        min_count=5,
        min_denominator=10,
        min_at_risk=5,
        duration_unit=7,
        min_others=50,
        rounding_base=1,
    )


def test_every_rule_is_explained_and_has_a_source():
    entries = yaml.safe_load((ROOT / "disclosure.yml").read_text(encoding="utf-8"))
    assert list(entries) == list(Rules.__dataclass_fields__)
    for entry in entries.values():
        assert set(entry) == {"title", "value", "explanation", "source", "reason"}


def test_every_rule_has_a_reason_of_its_own():
    codes = [rule.reason for rule in explained()]
    assert len({*codes}) == len(Rules.__dataclass_fields__)
    assert {*codes} & {*Reason} == {
        Reason.SMALL_COUNT,
        Reason.SMALL_DENOMINATOR,
        Reason.TOO_FEW_AT_RISK,
        Reason.DOMINANCE,
    }


def test_the_rules_are_listed_with_the_values_they_have(tmp_path):
    listed = explained(written(tmp_path, "min_count: {value: 10}"))
    assert {rule.name: rule.value for rule in listed} == asdict(Rules(min_count=10))
    assert "visas inte" in listed[0].explanation
    assert "Hundepool" in listed[0].source


def test_a_file_may_tighten_some_rules(tmp_path):
    path = written(tmp_path, "min_count: {value: 10}")
    assert load_rules(path) == Rules(min_count=10)


def test_the_environment_names_a_file(tmp_path, monkeypatch):
    monkeypatch.setenv("LIKAVARD_DISCLOSURE", str(written(tmp_path, "min_at_risk: {value: 8}")))
    assert load_rules().min_at_risk == 8


@pytest.mark.parametrize("rule", Rules.__dataclass_fields__)
def test_a_looser_rule_is_refused_by_name_and_line(rule, tmp_path):
    text = f"# Våra regler\n{rule}:\n  explanation: Vi mildrar.\n  value: 0\n"
    message = rf"Regeln {rule} på rad 4 i egna-regler\.yml är för låg: 0.*inte mildras"
    with pytest.raises(RuleProblem, match=message):
        load_rules(written(tmp_path, text))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("min_cuont: {value: 9}", "Regeln min_cuont finns inte"),
        ("min_count: {value: fem}", "Regeln min_count på rad 1 i .* ska vara ett heltal"),
        ("min_count: {value: 7.5}", "Regeln min_count på rad 1 i .* ska vara ett heltal"),
        ("min_count: {value: true}", "Regeln min_count på rad 1 i .* ska vara ett heltal"),
        ("min_count: 7", "Regeln min_count saknar value"),
        ("", "innehåller inga regler"),
        ("min_count: {", "egna-regler.yml går inte att läsa"),
    ],
)
def test_rules_that_cannot_be_used_say_why(text, message, tmp_path):
    with pytest.raises(RuleProblem, match=message):
        load_rules(written(tmp_path, text))


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(RuleProblem, match=r"saknas\.yml går inte att läsa"):
        load_rules(tmp_path / "saknas.yml")


def test_rules_made_in_code_cannot_be_looser_either():
    with pytest.raises(RuleProblem, match="min_count"):
        Rules(min_count=3)


@pytest.mark.parametrize(("largest", "shown"), [(50, 100), (51, Hidden(Reason.DOMINANCE))])
def test_a_sum_that_is_mostly_one_persons_is_hidden(largest, shown):
    assert shown_sum(100, largest) == shown


def test_a_sum_of_nothing_is_shown():
    assert shown_sum(0, 0) == 0


def test_a_stricter_dominance_rule_hides_more():
    assert shown_sum(100, 45, Rules(min_others=60)) == Hidden(Reason.DOMINANCE)
