"""Those followed over time, on the page: how it has ended for them, and their curves."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import pandas as pd

from helpers.disclosure import TOTAL, Hidden, Reason, Rules, SafeCounts, cut_curve, protect
from helpers.disclosure.told import Told
from helpers.show import curves, words
from helpers.show.compose import with_figure, with_table
from helpers.show.curves import Curves
from helpers.show.shown import Shown

WAITING, LEFT = 0, 2


def ended(
    counts: SafeCounts, events: Mapping[int, str], as_of: date, *, every: str, title: str
) -> Shown:
    """Show who is counted, by sex and how it has ended.

    Parameters
    ----------
    counts : SafeCounts
        Protected counts by sex.
    events : mapping of int to str
        The events in order, each in Swedish.
    as_of : datetime.date
        The day the counts stand for.
    every : str
        What the sum over the events is called.
    title : str
        What the table shows.

    Returns
    -------
    Shown
    """
    ends = _told_as_one(events) if counts.folded else events
    shown = _by_end(counts, ends)
    wide = shown.pivot(index="sex", columns="event", values="n").reset_index()
    wide = wide.set_index("sex").loc[[*words.SEXES, TOTAL], [*dict.fromkeys(ends.values()), TOTAL]]
    said = wide.map(words.number).rename(columns={TOTAL: every})
    said.insert(0, "Kön", [*words.SEXES.values(), "Båda"])
    notes = "".join(f"<p>{note}</p>" for note in counts.notes)
    published = {"as_of": as_of, "counted": shown}
    return with_table(title, said, "raknade", published, told=counts.told, notes=notes)


def _told_as_one(events: Mapping[int, str]) -> dict[int, str]:
    """Give those who left and those who still wait one name: one of the two is too few to tell."""
    left = events[LEFT]
    both = f"{events[WAITING]} eller {left[:1].lower()}{left[1:]}"
    return {**events, WAITING: both, LEFT: both}


def _by_end(counts: SafeCounts, events: Mapping[int, str]) -> pd.DataFrame:
    """Count each sex and end with its sums; what lacks a hidden sex is hidden too."""
    by_sex = _by_sex(counts)
    ends = by_sex.assign(event=by_sex["event"].map(events)).groupby(["sex", "event"])["n"].sum()
    names = dict.fromkeys(events.values())
    every = pd.MultiIndex.from_product([words.SEXES, names], names=["sex", "event"])
    full = ends.reindex(every, fill_value=0).reset_index()
    shown = protect(full, rules=counts.rules)
    lacking = shown["sex"].isin(_hidden_sexes(counts))
    return shown.assign(n=shown["n"].mask(lacking, Hidden(Reason.SMALL_COUNT)))


def _hidden_sexes(counts: SafeCounts) -> list[str]:
    """Name the sexes that may not be shown, and with them their sum."""
    shown = {*_by_sex(counts)["sex"]}
    is_protected = bool(counts.hidden) or TOTAL in {*counts.counts["sex"]}
    hidden = [sex for sex in words.SEXES if is_protected and sex not in shown]
    return [*hidden, TOTAL] if hidden else []


def _by_sex(counts: SafeCounts) -> pd.DataFrame:
    others = counts.counts.columns.difference(["sex", "time", "event", "n"])
    by_sex = counts.over(*others).counts
    return by_sex[by_sex["sex"] != TOTAL]


def cut(step: pd.DataFrame, column: str, rules: Rules) -> pd.DataFrame:
    """Cut curves, and hold each level at the step after which too few remain.

    Parameters
    ----------
    step : pandas.DataFrame
        As `helpers.stats.survival` gives it, by ``sex``.
    column : str
        The share to draw.
    rules : Rules
        The rules to follow.

    Returns
    -------
    pandas.DataFrame
        ``sex``, ``time``, ``at_risk``, ``share``, ``low``, ``high``.
    """
    drawn = cut_curve(step, rules).rename(columns={column: "share"})
    remain = drawn.groupby("sex")["at_risk"].shift(-1, fill_value=0)
    level = ["share", "low", "high"]
    held = drawn[level].where(remain >= rules.min_at_risk).groupby(drawn["sex"]).ffill()
    return drawn.assign(**held)[["sex", "time", "at_risk", *level]]


def over_time(
    drawn: Curves, *, title: str, months: Sequence[int], name: str, told: Iterable[Told]
) -> Shown:
    """Show curves with the table that reads them off.

    Parameters
    ----------
    drawn : Curves
        The curves, cut.
    title : str
        What they show.
    months : sequence of int
        When the table reads them off.
    name : str
        File name of the downloads.
    told : iterable of Counts or Ratio
        What they tell of the cases.

    Returns
    -------
    Shown
    """
    if drawn.months < months[0]:
        return Shown(title, f'<p class="lv-title">{title}</p>\n<p>Kurvorna är för korta.</p>')
    read = curves.table(drawn, months)
    return with_figure(
        title,
        draw=lambda width: curves.draw(drawn, width),
        alt=curves.alt(drawn, read),
        said=curves.in_words(drawn, read),
        name=name,
        published={"table": read, "curve": drawn.table},
        told=told,
        data=curves.as_data(drawn, read),
    )
