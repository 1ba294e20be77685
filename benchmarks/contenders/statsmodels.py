"""statsmodels on rows: a Kaplan-Meier curve with standard errors a group; the mean is its area."""

import sys

from benchmarks.contenders.report import HORIZON, Stopwatch, report

if __name__ == "__main__":
    watch = Stopwatch()

    import numpy as np
    from statsmodels.duration.survfunc import SurvfuncRight

    from benchmarks.contenders import rows

    def mean_wait(time: "np.ndarray", access: "np.ndarray") -> float:
        """Area under the curve until the horizon."""
        curve = SurvfuncRight(time, access)
        within = curve.surv_times < HORIZON
        steps = np.diff(curve.surv_times[within], prepend=0, append=HORIZON)
        return float(steps @ np.append(1, curve.surv_prob[within]))

    watch.lap("import")
    cases = rows.read(sys.argv[1])
    watch.lap("read")
    means = rows.means(cases, mean_wait)
    watch.lap("estimate")
    report(watch, means)
