"""The key: made once, read by its owner, and never shown."""

import pickle
import stat
from copy import deepcopy

import pytest

from helpers.data import read_cases
from helpers.disclosure import KeyProblem, Secret, load_secret
from helpers.disclosure.keys import SAMPLE_KEY, own_file
from helpers.paths import SAMPLE


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.delenv("LIKAVARD_KEY", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return tmp_path


def test_a_key_never_prints():
    secret = Secret(b"0123456789abcdef0123456789abcdef")
    for written in (repr(secret), str(secret), f"{secret}", repr([secret])):
        assert "0123456789" not in written
        assert secret.derived("person")[:8] not in written


@pytest.mark.parametrize("written", [pickle.dumps, deepcopy])
def test_a_key_is_not_pickled(written):
    with pytest.raises(TypeError):
        written(Secret(b"0123456789abcdef0123456789abcdef"))


def test_it_is_made_on_first_use_for_its_owner_only_and_then_stays(home):
    first = load_secret(is_sample=False)
    file = own_file()
    assert file.is_relative_to(home)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert len(file.read_bytes()) == 32
    assert load_secret(is_sample=False).fingerprint == first.fingerprint


def test_keys_of_two_users_differ(home, monkeypatch):
    first = load_secret(is_sample=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "other"))
    assert load_secret(is_sample=False).fingerprint != first.fingerprint


def test_a_named_key_that_is_missing_is_told_of_and_not_made(home, monkeypatch):
    monkeypatch.setenv("LIKAVARD_KEY", str(home / "borta"))
    with pytest.raises(KeyProblem, match="Ange rätt fil i LIKAVARD_KEY"):
        load_secret(is_sample=False)
    assert not (home / "borta").exists()


@pytest.mark.parametrize(
    ("key", "mode", "told"),
    [
        (b"kort", 0o600, "för kort: den ska ha minst 32 tecken"),
        (b"0123456789abcdef0123456789abcdef", 0o644, "Andra får läsa nyckeln"),
        (b"0123456789abcdef0123456789abcdef", 0o620, "chmod 600"),
    ],
)
def test_a_key_that_will_not_do_is_told_of(home, monkeypatch, key, mode, told):
    file = home / "nyckel"
    file.write_bytes(key)
    file.chmod(mode)
    monkeypatch.setenv("LIKAVARD_KEY", str(file))
    with pytest.raises(KeyProblem, match=told) as problem:
        load_secret(is_sample=False)
    assert key.decode() not in str(problem.value).replace("för kort", "")


def test_the_samples_key_is_for_the_sample_alone(home):
    sample, copy = read_cases("queue", SAMPLE), home / "data"
    copy.mkdir()
    lines = (SAMPLE / "queue.csv").read_text().splitlines()
    (copy / "queue.csv").write_text("\n".join(lines) + "\n")
    same = read_cases("queue", copy)
    (copy / "queue.csv").write_text("\n".join(lines[:-1]) + "\n")
    other = read_cases("queue", copy)
    assert (sample.is_sample, same.is_sample, other.is_sample) == (True, True, False)
    of_sample = Secret(SAMPLE_KEY.read_bytes()).fingerprint
    assert load_secret(sample.is_sample).fingerprint == of_sample
    assert load_secret(other.is_sample).fingerprint != of_sample
