"""Queue times on the page: who is counted, how many still wait, how many are housed."""

from datetime import date

import pandas as pd

from helpers.disclosure import TOTAL, Hidden, Reason, SafeCounts, cut_curve, protect
from helpers.questions import queue_times
from helpers.questions.gap import Gap
from helpers.show import curves, words
from helpers.show.compose import with_figure, with_table
from helpers.show.curves import Curves
from helpers.show.shown import Shown

_EVENTS = {
    queue_times.ACCESS: "Fick bostad",
    queue_times.LEFT: "Lämnade kön",
    queue_times.WAITING: "Väntar fortfarande",
}
_TOO_FEW = "<p>Underlaget är för litet för att jämföra kvinnor och män.</p>"
_READ_AT = (3, 6, 12, 18, 24)
_HOUSED_AT = (3, 6, 12)


def counted(counts: SafeCounts, as_of: date) -> Shown:
    """Show who is counted, by sex and how the wait has ended.

    Parameters
    ----------
    counts : SafeCounts
        Protected counts by sex.
    as_of : datetime.date
        The day the counts stand for.

    Returns
    -------
    Shown
    """
    shown = _by_end(counts)
    wide = shown.pivot(index="sex", columns="event", values="n").reset_index()
    wide = wide.set_index("sex").loc[[*words.SEXES, TOTAL], [*_EVENTS.values(), TOTAL]]
    said = wide.map(words.number).rename(columns={TOTAL: "Alla beslut"})
    said.insert(0, "Kön", [*words.SEXES.values(), "Båda"])
    title = f"Beslut som räknas, till och med {words.day(as_of)}"
    notes = "".join(f"<p>{note}</p>" for note in counts.notes)
    return with_table(title, said, "raknade", {"as_of": as_of, "counted": shown}, notes)


def _by_end(counts: SafeCounts) -> pd.DataFrame:
    """Count each sex and end with its sums; what lacks a hidden sex is hidden too."""
    ended = queue_times.everyone(counts).groupby(["sex", "event"])["n"].sum()
    every = pd.MultiIndex.from_product([words.SEXES, _EVENTS], names=["sex", "event"])
    full = ended.reindex(every, fill_value=0).rename(_EVENTS, level="event").reset_index()
    shown = protect(full, rules=counts.rules)
    lacking = shown["sex"].isin(_hidden_sexes(counts))
    return shown.assign(n=shown["n"].mask(lacking, Hidden(Reason.SMALL_COUNT)))


def _hidden_sexes(counts: SafeCounts) -> list[str]:
    """Name the sexes that may not be shown, and with them their sum."""
    shown = {*queue_times.everyone(counts)["sex"]}
    is_protected = bool(counts.hidden) or TOTAL in {*counts.counts["sex"]}
    hidden = [sex for sex in words.SEXES if is_protected and sex not in shown]
    return [*hidden, TOTAL] if hidden else []


def waiting(counts: SafeCounts, group: str = "alla") -> Shown:
    """Show the share still waiting for a flat, by sex (Kaplan-Meier).

    Parameters
    ----------
    counts : SafeCounts
        Protected counts by sex.
    group : {"alla", "utan barn"}
        Who to show.

    Returns
    -------
    Shown
        Its title says what the verdict on the mean wait allows.
    """
    step = queue_times.still_waiting(counts, group)
    headline = _gap(counts, group, "days")
    return _show(
        Curves(_cut(step, "survival", counts), "Andel som fortfarande väntar"),
        title=words.title(headline),
        months=_READ_AT,
        name="vantar",
    )


def housed(counts: SafeCounts, group: str = "alla") -> Shown:
    """Show the share who have got a flat, by sex (Aalen-Johansen).

    Parameters
    ----------
    counts : SafeCounts
        Protected counts by sex.
    group : {"alla", "utan barn"}
        Who to show.

    Returns
    -------
    Shown
        Its title says what the verdict on the share housed within 6 months allows.
    """
    step = queue_times.housed(counts, group)
    gap = _gap(counts, group, "share")
    return _show(
        Curves(_cut(step, "incidence", counts), "Andel som fått bostad"),
        title=words.title(gap),
        months=_HOUSED_AT,
        name="fatt-bostad",
    )


def _gap(counts: SafeCounts, group: str, unit: str) -> Gap:
    """Find the first gap of a group in some unit."""
    gaps = [gap for gap in queue_times.gap(counts) if gap.group == group]
    if not gaps:
        raise ValueError(f"Räkna också efter has_children för att visa gruppen ”{group}”.")
    return next(gap for gap in gaps if gap.measure.unit == unit)


def tests(counts: SafeCounts) -> Shown:
    """Show the tests of whole curves.

    Parameters
    ----------
    counts : SafeCounts
        Protected counts by sex, best also by ``has_children``.

    Returns
    -------
    Shown
    """
    result = queue_times.tests(counts).dropna()
    strata = counts.counts.get("has_children", pd.Series(dtype=object)).nunique()
    like = ", jämför lika med lika (med och utan barn)" if strata > 1 else ""
    names = {
        "log-rank": "Log-rank: takten ut ur kön till bostad",
        "gray": "Gray: andelen som fått bostad",
    }
    said = pd.DataFrame(
        {
            f"Test{like}": result["test"].map(names),
            "Teststatistika": result["statistic"].map(lambda value: words.number(value, 2)),
            "p-värde": result["p_value"].map(words.p_value),
        }
    )
    title = "Test av hela kurvorna"
    notes = _TOO_FEW if result.empty else ""
    return with_table(title, said, "test", {"tests": result}, notes)


def _cut(step: pd.DataFrame, column: str, counts: SafeCounts) -> pd.DataFrame:
    """Cut the curves, and hold each level at the step after which too few remain."""
    cut = cut_curve(step, counts.rules).rename(columns={column: "share"})
    remain = cut.groupby("sex")["at_risk"].shift(-1, fill_value=0)
    level = ["share", "low", "high"]
    held = cut[level].where(remain >= counts.rules.min_at_risk).groupby(cut["sex"]).ffill()
    return cut.assign(**held)


def _show(drawn: Curves, title: str, months: tuple[int, ...], name: str) -> Shown:
    if drawn.months < months[0]:
        return Shown(title, f'<p class="lv-title">{title}</p>\n<p>Kurvorna är för korta.</p>')
    read = curves.table(drawn, months)
    steps = drawn.table[["sex", "time", "at_risk", "share", "low", "high"]]
    return with_figure(
        title,
        draw=lambda width: curves.draw(drawn, width),
        alt=curves.alt(read, drawn.label),
        said=curves.in_words(read),
        name=name,
        published={"table": read, "curve": steps},
    )
