"""Figures are the project's own, whatever else matplotlib is told on the machine."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from matplotlib import rc_context, rcParams

from helpers.show.style import numbered, style, subplots

OWN = {"lines.linewidth": 9, "svg.fonttype": "path", "figure.dpi": 31, "axes.grid": True}
_DRAW = "from test_style import drawn; import sys; sys.stdout.write(drawn())"


def drawn():
    with style():
        figure, axes = subplots(figsize=(3, 2))
        axes.plot([1, 2], [3, 4], label="Kvinnor")
        axes.legend(title="Kön")
        buffer = io.StringIO()
        figure.savefig(buffer, format="svg", metadata={"Date": None}, bbox_inches="tight")
    return buffer.getvalue()


def test_settings_made_in_python_change_nothing_in_figures_and_stand_after():
    before = drawn()
    with rc_context(OWN):
        assert drawn() == before
        assert {name: rcParams[name] for name in OWN} == OWN


def test_an_own_matplotlibrc_changes_nothing_in_figures(tmp_path):
    file = tmp_path / ".config" / "matplotlib" / "matplotlibrc"
    file.parent.mkdir(parents=True)
    file.write_text("".join(f"{name}: {value}\n" for name, value in OWN.items()))
    home = {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path / ".config")}
    done = subprocess.run(
        [sys.executable, "-c", _DRAW],
        check=True,
        cwd=Path(__file__).parent,
        env=os.environ | home | {"MATPLOTLIBRC": str(file)},
        capture_output=True,
        text=True,
    )
    assert done.stdout == drawn()


@pytest.mark.parametrize("ends", [(0.8, 1.4), (0.97, 1.04), (0.2, 7), (-6, 13), (-250, 240)])
def test_a_tick_stands_where_it_says(ends):
    axis = subplots(figsize=(3, 2))[1].xaxis
    axis.axes.set_xlim(ends)
    numbered(axis, 5, signed=True)
    ticks = axis.get_majorticklocs()
    written = [axis.get_major_formatter()(tick) for tick in ticks]
    plain = [text.replace(",", ".").replace("\N{MINUS SIGN}", "-") for text in written]
    assert len(ticks) >= 4
    assert [float(text) for text in plain] == pytest.approx(ticks)
