"""A user-led audit on the page: its colours, what explains them, needs, and what does not agree."""

from collections.abc import Iterator, Sequence
from functools import partial

import pandas as pd
from markupsafe import Markup, escape

from helpers.data.codes import COLOUR, VERSION
from helpers.questions.audit import Examined
from helpers.questions.audit_colours import Explanation
from helpers.questions.audit_published import PublishedAudit
from helpers.show import action_words, audit_drawing, double_checked, words
from helpers.show.compose import with_figure, with_table
from helpers.show.shown import Shown
from helpers.stats.thresholds import Span

_BASIS = {
    "figures": "Revisorerna har redan publicerat siffrorna. De visas som de är, utan brus.",
    "noise": "Antalen är ändrade med några få, så att ingen enskild ska synas.",
    "halves": "Så få är intervjuade att inga antal visas, bara om det ogynnsamma svaret kom från "
    "mer än hälften av dem som svarade.",
}
_NO_COLOURS = " Färgerna visas inte, eftersom revisorerna inte har gått med på det."
_NO_NUMBERS = "Det går inte att säga när inga antal visas."
_LATER = "Det finns ingen senare revision att jämföra med än."


def in_short(examined: Examined) -> Shown:
    """Say what the audit found, which thresholds give its colours, and what does not agree."""
    items = "".join(f"<li>{escape(said)}.</li>" for said in _in_short(examined))
    html = f'<div class="lv-answer"><ul>{items}</ul></div>\n{_on_basis(examined.audit)}'
    return Shown("Revisionen i korthet", html, {"explanations": examined.explanations})


def _in_short(examined: Examined) -> Iterator[str]:
    audit = examined.audit
    if audit.audit["interviewed"]:
        yield f"{words.number(audit.audit['interviewed'])} personer är intervjuade"
    for one in examined.explanations:
        counts = [_of_colour(one, colour) for colour in reversed(COLOUR)]
        where = words.capital(VERSION[one.version])
        yield f"{where} har {words.listed(counts)}. {_rule(audit, one)}"
    missing, made = len(examined.contradictions), examined.checks["compared"].sum()
    yield f"{missing} av {made} jämförelser i rapporten stämmer inte"


def _of_colour(one: Explanation, colour: str) -> str:
    n = one.counts.get(colour, 0)
    return f"{n} {COLOUR[colour]}{'' if n == 1 else 'a'}"


def _rule(audit: PublishedAudit, one: Explanation) -> str:
    without = _texts(audit, one.left_out)
    return (
        f"Så blir det för {one.agrees} av {one.tried} räknade frågor om rött är mer än "
        f"{_span(one.red)} ogynnsamma svar{f', utan frågan ”{without}”' if without else ''}"
    )


def _span(per_cents: Span) -> str:
    return words.with_unit("–".join(map(str, dict.fromkeys(per_cents))), "%")


def _texts(audit: PublishedAudit, questions: Sequence[str]) -> str:
    return " ".join(audit.questions.loc[[*questions], "text"])


def overview(examined: Examined) -> Shown:
    """Show each question's colour, how many answered unfavourably, and if the colour holds."""
    audit, found = examined.audit, examined.explanations
    title = "Frågornas färg och andel ogynnsamma svar"
    asked = audit.questions[audit.questions["role"] != "open"]
    rated = audit.ratings.drop_duplicates("question_id").set_index("question_id")["colour"]
    colours = rated.reindex(asked.index)
    said = pd.DataFrame(
        {
            "Fråga": asked["text"],
            "Svar": _numbers(audit, asked["n"]),
            "Ogynnsamma": _numbers(audit, asked["unfavourable"]),
            "Mer än hälften ogynnsamma": _yes_no(asked["is_most"]),
            "Färg": colours.map(COLOUR).fillna(words.NONE),
            "Samma färg vid alla gränser": _yes_no(examined.holding.reindex(asked.index)),
        }
    )
    published = {"questions": said, "basis": audit.basis}
    drawn = audit.counted
    if drawn.empty:
        return with_table(title, said, "fragor", published, groups=[*asked["area"]])
    share = drawn["unfavourable"].astype(float) / drawn["n"].astype(float)
    points = drawn.assign(share=share, colour=rated).sort_values("share", ascending=False)
    told = zip(points["text"], points["share"].map(words.percent), points["colour"], strict=True)
    alt = "; ".join(f"{text} {share}, {COLOUR[colour]}" for text, share, colour in told)
    return with_figure(
        title,
        draw=partial(audit_drawing.draw, points, found),
        alt=f"{title}. {alt}.",
        said=said,
        name="fragor",
        published=published,
    )


def versions(examined: Examined) -> Shown:
    """Show each version of the colours with the thresholds that come closest to it."""
    audit, found, title = examined.audit, examined.explanations, "Gränserna bakom färgerna"
    if not found:
        return _unknown(title)
    said = pd.DataFrame(
        {
            "Ställe": [words.capital(VERSION[one.version]) for one in found],
            **{
                words.capital(f"{name}a"): [str(one.counts.get(code, 0)) for one in found]
                for code, name in COLOUR.items()
            },
            "Grönt till och med": [_span(one.green) for one in found],
            "Rött över": [_span(one.red) for one in found],
            "Stämmer": [f"{one.agrees} av {one.tried}" for one in found],
            "Bara av allvar": [_texts(audit, one.exceptions) or words.NONE for one in found],
            "Utan frågan": [_texts(audit, one.left_out) or words.NONE for one in found],
        }
    )
    return with_table(title, said, "granser", {"versions": found})


def one_more(examined: Examined) -> Shown:
    """Show which colours one more interview could change."""
    audit, changed = examined.audit, examined.one_more
    if not examined.explanations:
        return _unknown("Färger som hänger på en enda intervju")
    said = changed.map(COLOUR.__getitem__).set_axis(
        ["Nu, av antalen", "Om en till svarar ogynnsamt", "Om en till svarar gynnsamt"], axis=1
    )
    said.insert(0, "Fråga", audit.questions.loc[changed.index, "text"])
    title = f"En intervju till kan ändra färgen på {len(said)} av {len(audit.counted)} frågor"
    return with_table(title, said, "en-intervju-till", {"one_more": said})


def _unknown(title: str) -> Shown:
    return Shown(title, f'<p class="lv-title">{title}</p>\n<p>{_NO_NUMBERS}</p>')


def strengths(examined: Examined) -> Shown:
    """Show by area what is good and what is needed: green and red, or what most answered."""
    audit = examined.audit
    rows = [
        (words.capital(str(area)), *_good_and_bad(audit, own))
        for area, own in audit.questions[audit.questions["role"] != "open"].groupby(
            "area", sort=False
        )
    ]
    said = pd.DataFrame(rows, columns=["Område", "Styrkor", "Behov"])
    return with_table("Styrkor och behov", said, "styrkor-och-behov", {"strengths": said})


def _good_and_bad(audit: PublishedAudit, own: pd.DataFrame) -> tuple[str, str]:
    if audit.ratings.empty:
        is_bad = own["is_most"].fillna(False)
        return words.NONE, " ".join(own.loc[is_bad, "text"]) or words.NONE
    colours = audit.ratings.drop_duplicates("question_id").set_index("question_id")["colour"]
    of = colours.reindex(own.index)
    good, bad = (" ".join(own.loc[of == colour, "text"]) for colour in ("green", "red"))
    return good or words.NONE, bad or words.NONE


def improvements(examined: Examined, actions: pd.DataFrame) -> Shown:
    """Show by area the problems, what is suggested, and what is done about them.

    Parameters
    ----------
    actions : pandas.DataFrame
        As `helpers.data.read_actions` gives it.
    """
    audit, said = examined.audit, improved(examined, actions)
    few = f"färre än {audit.rules.smallest_shown} tog upp dem"
    notes = f"<p>{audit.held_back} förslag visas inte: {few}.</p>" if audit.held_back else ""
    title, name = "Förslag till förbättring", "forbattringar"
    return with_table(title, said, name, {"improvements": said}, notes=notes)


def improved(examined: Examined, actions: pd.DataFrame) -> pd.DataFrame:
    """Lay out in words what `improvements` shows: a row an area that has anything to improve."""
    areas = examined.audit.questions.groupby("area", sort=False)
    rows = [_improved(examined.audit, str(area), own, actions) for area, own in areas]
    said = pd.DataFrame(rows, columns=["Område", "Problem", "Förslag", "Vad som görs"])
    is_empty = (said[["Problem", "Förslag"]] == words.NONE).all(axis=1)
    return said[~is_empty | (said["Vad som görs"] != action_words.NO_ACTION)]


def _improved(
    audit: PublishedAudit, area: str, own: pd.DataFrame, actions: pd.DataFrame
) -> tuple[str, ...]:
    suggested = audit.suggestions.loc[audit.suggestions["area"] == area, "text"]
    is_about = (actions["about"] == "audit") & actions["about_id"].isin(own.index)
    done = " ".join(map(action_words.sentence, actions[is_about].to_dict("records")))
    problems, wishes = _good_and_bad(audit, own)[1], ". ".join(suggested) or words.NONE
    return words.capital(area), problems, wishes, done or action_words.NO_ACTION


def checks(examined: Examined) -> Shown:
    """Show how many comparisons each rule made, and how many agreed."""
    return double_checked.checks(examined.checks, "kontroller")


def contradictions(examined: Examined) -> Shown:
    """Show what in the report does not agree."""
    return double_checked.contradictions(examined.contradictions, "att-fraga-om")


def change(changed: pd.DataFrame | None = None) -> Shown:
    """Show the change to the next audit, question by question, or that there is none yet.

    Parameters
    ----------
    changed : DataFrame, optional
        As `helpers.questions.audit.change` gives it.
    """
    title = "Förändring sedan förra revisionen"
    if changed is None or changed.empty:
        return Shown(title, f'<p class="lv-title">{title}</p>\n<p>{_LATER}</p>')
    points = changed[["value", "low", "high"]].mul(100).map(words.points)
    said = pd.DataFrame(
        {
            "Fråga": changed["text"],
            "Ogynnsamma förra gången": changed["before"].map(words.percent),
            "Ogynnsamma nu": changed["after"].map(words.percent),
            "Skillnad (procentenheter)": points["value"],
            f"95{words.NBSP}% konfidensintervall": [
                words.span(*both) for both in zip(points["low"], points["high"], strict=True)
            ],
        }
    )
    return with_table(title, said, "forandring", {"change": changed})


def _on_basis(audit: PublishedAudit) -> Markup:
    said = _BASIS[audit.basis] + (_NO_COLOURS if audit.ratings.empty else "")
    return Markup("<p>{}</p>").format(said)


def _numbers(audit: PublishedAudit, counts: "pd.Series[int]") -> "pd.Series[str]":
    is_known = counts.notna()
    smallest = 0 if audit.basis == "figures" else audit.rules.smallest_shown
    said = counts.where(is_known, 0).astype(int).map(partial(words.count, smallest_shown=smallest))
    return said.where(is_known, words.NONE)


def _yes_no(holds: "pd.Series[bool]") -> "pd.Series[str]":
    return holds.map({True: "ja", False: "nej"}).fillna(words.NONE)
