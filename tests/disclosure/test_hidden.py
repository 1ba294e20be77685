"""What is hidden is `..`, and never a number."""

import subprocess
import sys

import pandas as pd
import pytest

from helpers.disclosure import Hidden, Reason


@pytest.mark.parametrize("reason", Reason)
def test_hidden_shows_two_dots_and_nothing_else(reason):
    hidden = Hidden(reason)
    assert str(hidden) == repr(hidden) == f"{hidden}" == ".."
    assert ".." in pd.DataFrame({"n": [hidden, 7]}).to_string()


@pytest.mark.parametrize("convert", [float, int, sum, lambda hidden: hidden + 1])
def test_hidden_never_becomes_a_number(convert):
    with pytest.raises(TypeError):
        convert(Hidden(Reason.SMALL_COUNT))


def test_hidden_is_a_value():
    assert Hidden(Reason.ALL_ALIKE) == Hidden(Reason.ALL_ALIKE)
    assert len({Hidden(reason) for reason in [*Reason, *Reason]}) == len(Reason)


def test_readers_cannot_tell_a_small_count_from_one_hidden_to_protect_it():
    assert Reason.SMALL_COUNT.explanation == Reason.COMPLEMENTARY.explanation


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_is_explained(reason):
    assert reason.explanation.endswith(".")


def test_a_hidden_number_costs_no_heavy_import():
    code = "import sys; from helpers.disclosure import Hidden; sys.exit('pandas' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
