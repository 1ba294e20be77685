"""Lika vård: tally in the engine, protect, every gap with its interval.

With a second argument, ``unchecked``, the cases are not first held to their contract.
"""

import sys

from benchmarks.contenders.report import GROUPS, Stopwatch, report

if __name__ == "__main__":
    watch = Stopwatch()

    import ibis

    from benchmarks.files import AS_OF
    from helpers.disclosure import Hidden, protect_durations
    from helpers.questions import queue_times

    watch.lap("import")
    if sys.argv[2:] == ["unchecked"]:
        cases = ibis.read_parquet(sys.argv[1])
    else:
        from helpers.data import read_cases

        cases = read_cases("queue", sys.argv[1])
    watch.lap("read")
    counts = queue_times.tally(cases, by=["sex", "has_children"], as_of=AS_OF)
    watch.lap("tally")
    gaps = queue_times.gap(protect_durations(counts, landmarks=queue_times.LANDMARKS))
    watch.lap("estimate")
    mean_waits = [g for g in gaps if g.measure == gaps[0].measure and g.contrast == "difference"]
    levels = [level for gap in mean_waits for level in (gap.women, gap.men)]
    shown = [level for level in levels if not isinstance(level, Hidden)]
    report(watch, dict(zip(GROUPS, shown, strict=True)))
