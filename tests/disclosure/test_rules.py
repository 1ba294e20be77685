"""The rules: tighter is taken, looser is refused with the rule and its line."""

import pytest

from helpers.disclosure import RuleProblem, Rules, explained, load_rules

DEFAULTS = {
    "smallest_shown": 5, "max_noise": 7, "variance": 4, "smallest_group": 10,
    "smallest_mean": 12, "smallest_sensitive": 30, "contribution_cap": 730,
}  # fmt: skip
LOWER = {"contribution_cap"}


@pytest.fixture
def written(tmp_path):
    def write(text):
        path = tmp_path / "disclosure.yml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_the_files_own_rules_are_the_least_that_is_allowed():
    assert load_rules() == Rules(**DEFAULTS) == Rules()


@pytest.mark.parametrize("name", DEFAULTS)
def test_a_looser_rule_is_refused_with_its_line(written, name):
    looser = DEFAULTS[name] + (1 if name in LOWER else -1)
    path = written(f"# en rad\n\n{name}:\n  title: egen\n  value: {looser}\n")
    with pytest.raises(RuleProblem, match=rf"{name} på rad 5 i disclosure.yml .*{looser}"):
        load_rules(path)


@pytest.mark.parametrize("name", DEFAULTS)
def test_a_tighter_rule_is_taken(written, name):
    tighter = DEFAULTS[name] + (-1 if name in LOWER else 1)
    assert getattr(load_rules(written(f"{name}:\n  value: {tighter}\n")), name) == tighter


def test_a_variance_too_high_for_the_noise_is_told_of(written):
    with pytest.raises(RuleProblem, match="Höj max_noise också"):
        load_rules(written("variance:\n  value: 40\n"))
    assert load_rules(written("variance:\n  value: 40\nmax_noise:\n  value: 20\n")).variance == 40


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("variance: [", "går inte att läsa"),
        ("bara text", "innehåller inga regler"),
        ("varians:\n  value: 4\n", "Regeln varians finns inte"),
        ("variance:\n  tighter: higher\n", "saknar value"),
        ("variance: 4\n", "saknar value"),
        ("variance:\n  value: fyra\n", "heltal över noll"),
        ("variance:\n  value: 4.5\n", "heltal över noll"),
        ("max_noise:\n  value: yes\n", "heltal över noll"),
        ("max_noise:\n  value: 100000\n", "högst 50"),
    ],
)
def test_a_file_that_cannot_be_followed_is_told_of(written, text, told):
    with pytest.raises(RuleProblem, match=told):
        load_rules(written(text))


def test_a_file_that_is_not_there_is_told_of(tmp_path):
    with pytest.raises(RuleProblem, match="går inte att läsa"):
        load_rules(tmp_path / "borta.yml")


def test_the_file_that_the_environment_names_is_read(written, monkeypatch):
    path = written("smallest_group:\n  value: 25\n")
    monkeypatch.setenv("LIKAVARD_DISCLOSURE", str(path))
    assert load_rules().smallest_group == 25
    assert {rule.name: rule.value for rule in explained()} == DEFAULTS | {"smallest_group": 25}
