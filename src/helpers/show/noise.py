"""A small picture of the noise: what a count may be written as."""

from matplotlib.figure import Figure

from helpers.disclosure import Rules
from helpers.show.style import INK, QUIET, subplots
from helpers.show.svg import both_widths
from helpers.show.words import number, percent

EXAMPLE = 20
"""A true count, large enough to have all of the noise."""


def picture(rules: Rules) -> str:
    """Draw how often a true count of 20 is shown as each number.

    Parameters
    ----------
    rules : Rules
        Whose noise is drawn.

    Returns
    -------
    str
        HTML.
    """
    return both_widths(lambda width: _draw(rules, width), _alt(rules))


def _draw(rules: Rules, width: float) -> Figure:
    chances = rules.noise[-1]
    shown = [EXAMPLE + step for step in range(-rules.max_noise, rules.max_noise + 1)]
    figure, axes = subplots(figsize=(width, 2.2))
    colours = [INK if n == EXAMPLE else QUIET for n in shown]
    axes.bar(shown, 100 * chances, color=colours, width=0.7)
    axes.set(xticks=shown[:: 1 if width > 5 else 2], yticks=[])
    axes.set_xlabel(f"Antal som visas när det verkliga är {EXAMPLE}")
    axes.spines["left"].set_visible(False)
    return figure


def _alt(rules: Rules) -> str:
    chances, middle = rules.noise[-1], rules.max_noise
    near = float(chances[middle - 2 : middle + 3].sum())
    return (
        f"Staplar som visar vad {EXAMPLE} personer kan skrivas som: oftast {EXAMPLE} "
        f"({percent(float(chances[middle]))}), i {percent(near)} av fallen högst två ifrån, "
        f"och aldrig mer än {number(rules.max_noise)} ifrån."
    )
