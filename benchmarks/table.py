"""The results as tables in Markdown."""

from collections.abc import Sequence

from benchmarks.contest import CHECKED, OURS, Result
from benchmarks.measure import Run

_CONTENDERS = """\
| rows | | seconds | times ours | after imports | times ours | peak memory |
| ---: | --- | ---: | ---: | ---: | ---: | ---: |"""

_STEPS = """\
| rows | imports | opening | opening, contract checked | tally | estimates |
| ---: | ---: | ---: | ---: | ---: | ---: |"""


def tables(results: Sequence[Result], limit: float) -> str:
    """Compare the contenders, then show our own steps.

    Parameters
    ----------
    results : sequence of Result
        Of every contender on one number of rows.
    limit : float
        Seconds after which a contender was stopped.

    Returns
    -------
    str
        Two Markdown tables; the second is missing if we were stopped ourselves.
    """
    runs = {result.contender: result.run for result in results}
    rows = f"{results[0].rows:,}"
    contenders = [
        f"| {rows} | {name} | {_compared(run, runs[OURS], limit)} |" for name, run in runs.items()
    ]
    return "\n".join([_CONTENDERS, *contenders, "", *_steps(rows, runs)])


def _compared(run: Run | None, ours: Run | None, limit: float) -> str:
    if run is None:
        return f"over {limit:.0f} | | | |"
    return " | ".join(
        [
            f"{run.seconds:.2f}",
            f"{run.seconds / ours.seconds:.1f}" if ours else "",
            f"{run.work:.2f}",
            f"{run.work / ours.work:.1f}" if ours else "",
            f"{run.peak:.0f} MB",
        ]
    )


def _steps(rows: str, runs: dict[str, Run | None]) -> list[str]:
    ours, checked = runs[OURS], runs[CHECKED]
    if not (ours and checked):
        return []
    seconds = [
        ours.steps["import"],
        ours.steps["read"],
        checked.steps["read"],
        ours.steps["tally"],
        ours.steps["estimate"],
    ]
    return [_STEPS, f"| {rows} | {' | '.join(f'{s:.2f}' for s in seconds)} |", ""]
