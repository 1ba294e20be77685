"""The user survey on the page: who answered, seven items at a glance, years, scales, power."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from math import isnan

import pandas as pd

from helpers.data.codes import DO_NOT_KNOW, SURVEY_ITEMS
from helpers.disclosure import TOTAL, Hidden, Reason
from helpers.questions import user_satisfaction
from helpers.questions.cells import count
from helpers.questions.gap import Gap, Verdict
from helpers.questions.safe_answers import ON_SCALE, SafeAnswers
from helpers.questions.user_satisfaction import MEASURES
from helpers.show import gap_words, words
from helpers.show import gaps as gap_page
from helpers.show import user_satisfaction_drawings as drawings
from helpers.show.compose import with_figure, with_table
from helpers.show.shown import Shown, told_by
from helpers.show.words import NBSP, SEXES, number, percent

_TOO_FEW = "<p>{} visas inte: svaren är för få, eller så kan de tillsammans röja någon.</p>"
_NO_PERIODS = _TOO_FEW.format("Svaren period för period")
_NO_STEPS = _TOO_FEW.format("Svaren längs hela skalan")
_INTERVAL = f"95{NBSP}% intervall"


def _name(item: str) -> str:
    return words.capital(SURVEY_ITEMS[item].label)


def _by_name(gaps: Sequence[Gap]) -> dict[str, Gap]:
    items = {measure: item for item, measure in MEASURES.items()}
    return {_name(items[gap.measure]): gap for gap in gaps}


def answer(gaps: Sequence[Gap]) -> Shown:
    """Answer the question: the headline, and in which other items a gap is established.

    Parameters
    ----------
    gaps : sequence of Gap
        All gaps of the question.

    Returns
    -------
    Shown
    """
    headline = next(gap for gap in gaps if gap.headline)
    others = [gap for gap in gaps if gap.verdict is Verdict.ESTABLISHED and not gap.headline]
    items = "".join(f"<li>{gap_words.sentence(gap)}</li>" for gap in others)
    html = (
        f'<div class="lv-answer">{gap_page.headlined(headline)}\n'
        f"<p>{_verdicts(gaps)}</p>\n{f'<ul>{items}</ul>' if items else ''}</div>"
    )
    published = {"gaps": [headline], "established": others}
    return Shown(gap_words.title(headline), html, published, told_by([headline, *others]))


def _verdicts(gaps: Sequence[Gap]) -> str:
    """Say how many items are established, and how many cannot be judged."""
    too_few = sum(gap.verdict is Verdict.TOO_FEW for gap in gaps)
    unjudged = f"; i {too_few} är svaren för få för att bedöma" if too_few else ""
    return f"{gap_page.count_verdicts(gaps)}{unjudged}."


def answered(counts: SafeAnswers) -> Shown:
    """Show how many gave an answer on the scale, said "vet inte" or gave none, by item and sex.

    Parameters
    ----------
    counts : SafeAnswers
        Protected counts.

    Returns
    -------
    Shown
    """
    table = pd.DataFrame(
        [(item, sex, *_answered(counts, item, sex)) for item in MEASURES for sex in SEXES],
        columns=["item", "sex", "answered", "off_scale", "do_not_know", "returned"],
    )
    wide = table.pivot(index="item", columns="sex").loc[list(MEASURES)]
    heads = {
        "answered": "svarat",
        "off_scale": "utan svar på skalan",
        "do_not_know": "därav vet inte",
    }
    said = pd.DataFrame(
        {
            f"{name}: {head}": wide[column, sex].map(number)
            for sex, name in SEXES.items()
            for column, head in heads.items()
        }
    )
    said.insert(0, "Fråga", [_name(item) for item in MEASURES])
    women, men = (number(table.loc[table["sex"] == sex, "returned"].iloc[0]) for sex in SEXES)
    title = f"Enkäter från {women} kvinnor och {men} män"
    return with_table(title, said, "svar", {"answered": table}, told=counts.told_of_replies)


def _answered(counts: SafeAnswers, item: str, sex: str) -> list[int | Hidden]:
    """Count answers on the scale, off it, "vet inte" alone, and questionnaires."""
    good, bad, unsure, returned = (
        count(counts.replies, item=item, sex=sex, reply=reply)
        for reply in (*ON_SCALE, DO_NOT_KNOW, TOTAL)
    )
    on_scale = None if good is None or bad is None else good + bad
    off_scale = None if on_scale is None or returned is None else returned - on_scale
    hidden = Hidden(Reason.SMALL_COUNT)
    return [hidden if n is None else n for n in (on_scale, off_scale, unsure, returned)]


def items(counts: SafeAnswers) -> Shown:
    """Show all seven items at once: both shares, the gap, and where answers are too few.

    Parameters
    ----------
    counts : SafeAnswers
        Protected counts.

    Returns
    -------
    Shown
    """
    gaps = _by_name(user_satisfaction.gap(counts))
    levels = user_satisfaction.levels(counts)
    named = levels.assign(name=levels["item"].map(_name))
    said = gap_page.in_words([*gaps.values()]).drop(columns=["Mått", "Grupp"])
    said.insert(0, "Fråga", [*gaps])
    return with_figure(
        words.capital(gap_page.count_verdicts([*gaps.values()])),
        draw=partial(drawings.items, gaps, named),
        alt=_items_alt(gaps),
        said=said,
        name="sju-fragor",
        published={"items": [*gaps.values()], "levels": levels},
        told=told_by(gaps.values()),
    )


def _items_alt(gaps: Mapping[str, Gap]) -> str:
    parts = [f"{name}: {_in_brief(gap)}" for name, gap in gaps.items()]
    return f"Andel positiva svar på sju frågor, med skillnad och intervall. {'; '.join(parts)}."


def _in_brief(gap: Gap) -> str:
    if gap.verdict is Verdict.TOO_FEW:
        return "för få svar"
    return (
        f"kvinnor {gap_words.level(gap, gap.women)}, män {gap_words.level(gap, gap.men)}, "
        f"skillnad {gap_words.size(gap)} ({gap_words.interval(gap)}), "
        f"{gap_words.VERDICTS[gap.verdict]}"
    )


def periods(counts: SafeAnswers) -> Shown:
    """Show the shares period by period.

    Parameters
    ----------
    counts : SafeAnswers
        Protected counts.

    Returns
    -------
    Shown
        Its title says in how many items the gap has changed for certain.
    """
    changes = user_satisfaction.changes(counts)
    title = _changed(changes)
    if changes.empty:
        return Shown(title, f'<p class="lv-title">{title}</p>\n{_NO_PERIODS}')
    shares = user_satisfaction.by_period(counts)
    named = shares.assign(name=shares["item"].map(_name))
    shown = with_figure(
        title,
        draw=partial(drawings.periods, named),
        alt=_periods_alt(named, title),
        said=_shares_in_words(named),
        name="perioder",
        published={"periods": shares, "changes": changes},
        told=counts.told_by_period,
    )
    return replace(shown, html=f"{shown.html}\n{_merged(counts.periods)}")


def _merged(periods: Sequence[str]) -> str:
    """Say which years are put together, and why."""
    merged = [period for period in periods if "–" in period]
    if not merged:
        return ""
    return (
        f"<p>Åren {' och '.join(merged)} är sammanslagna. Var för sig har de för få svar, eller "
        "skulle avslöja hur få som lät bli att svara.</p>"
    )


def _changed(changes: pd.DataFrame) -> str:
    if changes.empty:
        return "För få svar för att säga om skillnaderna har ändrats"
    changed = int((changes["p_value"] < 1 - user_satisfaction.LEVEL).sum())
    if not changed:
        return "Inte i någon fråga är det säkerställt att skillnaden har ändrats"
    return f"I {changed} av {len(changes)} frågor är det säkerställt att skillnaden har ändrats"


def _periods_alt(named: pd.DataFrame, title: str) -> str:
    parts = [
        f"{name}, {period}: "
        + " och ".join(
            f"{SEXES[r['sex']].lower()} {percent(r['share'])}" for r in own.to_dict("records")
        )
        for (name, period), own in named.groupby(["name", "period"], sort=False)
    ]
    return f"{title}. {'; '.join(parts)}."


def _shares_in_words(named: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Fråga": named["name"],
            "Period": named["period"],
            "Kön": named["sex"].map(SEXES),
            "Andel positiva": named["share"].map(percent),
            f"95{NBSP}% konfidensintervall": [
                words.span(percent(low), percent(high))
                for low, high in zip(named["low"], named["high"], strict=True)
            ],
            "Antal svar": named["n"].map(number),
        }
    )


def changes(counts: SafeAnswers) -> Shown:
    """Show whether the gaps have changed, and what they are when like periods are compared.

    Parameters
    ----------
    counts : SafeAnswers
        Protected counts.

    Returns
    -------
    Shown
    """
    found = user_satisfaction.changes(counts)
    pooled = _by_name(user_satisfaction.gap(counts))
    names = found["item"].map(_name)
    said = pd.DataFrame(
        {
            "Fråga": names,
            f"Alla år ihop ({_INTERVAL})": [_difference(pooled[name]) for name in names],
            f"Inom varje period, sammanvägt ({_INTERVAL})": [
                f"{gap} ({words.span(low, high)})"
                for gap, low, high in found[["gap", "low", "high"]]
                .map(lambda share: words.points(100 * share))
                .itertuples(index=False)
            ],
            "p-värde för ändring": found["p_value"].map(words.p_value),
        }
    )
    notes = _NO_PERIODS if found.empty else ""
    published = {"changes": found, "items": [*pooled.values()]}
    told = (*counts.told_by_period, *told_by(pooled.values()))
    return with_table(_changed(found), said, "andring", published, told=told, notes=notes)


def whole_scale(counts: SafeAnswers) -> Shown:
    """Show the comparison over the whole scale beside the one at the cut at positive.

    Parameters
    ----------
    counts : SafeAnswers
        Protected counts.

    Returns
    -------
    Shown
    """
    found = user_satisfaction.whole_scale(counts)
    pooled = _by_name(user_satisfaction.gap(counts))
    names = found["item"].map(_name)
    said = pd.DataFrame(
        {
            "Fråga": names,
            f"Skillnad i andel positiva ({_INTERVAL})": [_difference(pooled[n]) for n in names],
            f"Oddskvot för ett bättre svar ({_INTERVAL})": [
                f"{ratio} ({words.span(low, high)})"
                for ratio, low, high in found[["odds_ratio", "low", "high"]]
                .map(lambda ratio: number(ratio, 2))
                .itertuples(index=False)
            ],
            "Steg på skalan": found["steps"].map(number),
            "p-värde, samma oddskvot längs hela skalan": [
                words.NONE if isnan(p) else words.p_value(p) for p in found["p_value"]
            ],
        }
    )
    published = {"whole_scale": found, "items": [*pooled.values()]}
    told = (*counts.told_by_step, *told_by(pooled.values()))
    notes = _NO_STEPS if found.empty else ""
    return with_table(_apart(found), said, "hela-skalan", published, told=told, notes=notes)


def _apart(found: pd.DataFrame) -> str:
    if found.empty:
        return "För få svar för att jämföra hela skalan"
    apart = int(((found["low"] > 1) | (found["high"] < 1)).sum())
    return f"Över hela skalan är {apart} av {len(found)} skillnader statistiskt säkerställda"


def needed(counts: SafeAnswers) -> Shown:
    """Show how many answers it would take to establish a gap.

    Parameters
    ----------
    counts : SafeAnswers
        Protected counts.

    Returns
    -------
    Shown
    """
    found = user_satisfaction.needed(counts)
    pooled = _by_name(user_satisfaction.gap(counts))
    names = found["item"].map(_name)
    ten = round(100 * user_satisfaction.POINTS)
    said = pd.DataFrame(
        {
            "Fråga": names,
            "Svar i dag": _women_and_men(found, "n"),
            "Skillnad i dag": [gap_words.size(pooled[name]) for name in names],
            "Svar som krävs för en så stor skillnad": _women_and_men(found, "seen"),
            f"Svar som krävs för {ten} procentenheter": _women_and_men(found, "points"),
        }
    )
    title = "Så många svar krävs för att en skillnad ska kunna säkerställas (kvinnor / män)"
    published = {"needed": found, "items": [*pooled.values()]}
    return with_table(title, said, "antal-svar", published, told=told_by(pooled.values()))


def _women_and_men(found: pd.DataFrame, kind: str) -> list[str]:
    pairs = zip(found[f"{kind}_women"], found[f"{kind}_men"], strict=True)
    return [f"{number(women)}{NBSP}/{NBSP}{number(men)}" for women, men in pairs]


def _difference(gap: Gap) -> str:
    return f"{gap_words.contrast(gap, gap.estimate, unit=False)} ({gap_words.interval(gap)})"
