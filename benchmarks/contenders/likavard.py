"""Lika vård: tally in the engine, noise, every gap with its interval.

With a second argument, ``unchecked``, the cases are not first held to their contract.
"""

import sys

from benchmarks.contenders.report import GROUPS, Stopwatch, report

if __name__ == "__main__":
    watch = Stopwatch()

    from dataclasses import replace

    import ibis

    from benchmarks.files import AS_OF
    from helpers.data import read_cases
    from helpers.data.cases import Cases
    from helpers.questions import queue_times

    watch.lap("import")
    if sys.argv[2:] == ["unchecked"]:
        cases = Cases("queue", ibis.read_parquet(sys.argv[1]), {}, is_sample=True)
    else:
        cases = replace(read_cases("queue", sys.argv[1]), is_sample=True)
    watch.lap("read")
    tally = queue_times.tally(cases, by=["sex", "has_children"], as_of=AS_OF)
    watch.lap("tally")
    gaps = queue_times.gaps(queue_times.protect(tally))
    watch.lap("estimate")
    waits = [gap for gap in gaps.of(measure=queue_times.RESTRICTED) if gap.contrast == "difference"]
    means = [mean for gap in waits for mean in (gap.women, gap.men)]
    report(watch, dict(zip(GROUPS, means, strict=True)))
