"""lifelines: a Kaplan-Meier curve with limits a group, and its restricted mean."""

import sys

from benchmarks.contenders.report import HORIZON, Stopwatch, report

if __name__ == "__main__":
    watch = Stopwatch()

    from lifelines import KaplanMeierFitter
    from lifelines.utils import restricted_mean_survival_time

    from benchmarks.contenders import rows

    watch.lap("import")
    cases = rows.read(sys.argv[1])
    watch.lap("read")
    means = rows.means(
        cases,
        lambda time, access: float(
            restricted_mean_survival_time(KaplanMeierFitter().fit(time, access), t=HORIZON)
        ),
    )
    watch.lap("estimate")
    report(watch, means)
