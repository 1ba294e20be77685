"""What is done, on the page: how far each action has come, how long it took, and what is late."""

from collections.abc import Iterator
from functools import partial
from typing import Any

import pandas as pd
from markupsafe import escape

from helpers.data.codes import ABOUT
from helpers.questions.actions import STEPS, Followed
from helpers.show import action_drawing, action_words, words
from helpers.show.compose import with_figure, with_table
from helpers.show.shown import Shown

_NO_ROWS = "Inget är inskrivet än i tabellen actions"


def in_short(followed: Followed) -> Shown:
    """Say in a few sentences how much is done, late and not told back."""
    items = "".join(f"<li>{escape(said)}.</li>" for said in _in_short(followed))
    html = f'<div class="lv-answer"><ul>{items}</ul></div>'
    return Shown("Vad som görs, i korthet", html, _numbers(followed))


def path(followed: Followed) -> Shown:
    """Draw each action's way from raised to measured again, with its days as a table."""
    title = "Åtgärdernas väg, från att något togs upp till att det mäts igen"
    if followed.actions.empty:
        return _none(title)
    said = pd.DataFrame(
        {
            "Åtgärd": _names(followed.actions),
            **{
                action_words.STEPS[step]: followed.actions[step].map(_day_or_dash) for step in STEPS
            },
        }
    )
    return with_figure(
        title,
        draw=partial(action_drawing.draw, followed, [*said["Åtgärd"]]),
        alt=f"{title}. {'. '.join(_in_short(followed))}.",
        said=said,
        name="atgardernas-vag",
        published=_numbers(followed),
    )


def waits(followed: Followed) -> Shown:
    """Show how long it took from one step to the next."""
    found = followed.waits
    said = pd.DataFrame(
        {
            "Från och till": [
                f"{action_words.STEPS[first]} till {action_words.STEPS[then].lower()}"
                for first, then in found[["first", "then"]].itertuples(index=False)
            ],
            "Åtgärder": found["actions"].map(words.number),
            "Mediantid (dagar)": found["median"].map(words.number),
            "Längsta tid (dagar)": found["longest"].map(words.number),
        }
    )
    return with_table("Så lång tid tar stegen", said, "tid-mellan-steg", _numbers(followed))


def every(followed: Followed) -> Shown:
    """Show every action under what led to it: decision, who answers, and how far it has come."""
    title = "Alla åtgärder, efter vad som ledde till dem"
    if followed.actions.empty:
        return _none(title)
    rows = followed.actions.sort_values(
        "about", key=lambda about: about.map([*ABOUT].index), kind="stable"
    )
    said = pd.DataFrame(
        {
            "Gäller": _names(rows),
            "Beslut": [action_words.decided(row) for row in rows.to_dict("records")],
            "Ansvarig": rows["owner_role"],
            "Läge": [action_words.status(row) for row in rows.to_dict("records")],
            "Skäl": rows["reason"].fillna(words.NONE),
        }
    )
    groups = [words.capital(ABOUT[about]) for about in rows["about"]]
    return with_table(title, said, "alla-atgarder", _numbers(followed), groups=groups)


def under(followed: Followed, about: str, about_id: str) -> Shown:
    """Say what is done about one gap, audit question, topic, hole or challenge.

    Parameters
    ----------
    about, about_id : str
        As in the table ``actions``.
    """
    own = followed.actions.query("about == @about and about_id == @about_id")
    said = map(action_words.sentence, own.to_dict("records"))
    html = "\n".join(f"<p>{escape(sentence)}</p>" for sentence in said)
    return Shown("Vad som görs", html or f"<p>{action_words.NO_ACTION}</p>")


def _none(title: str) -> Shown:
    return Shown(title, f'<p class="lv-title">{title}</p>\n<p>{_NO_ROWS}.</p>')


def _numbers(followed: Followed) -> dict[str, Any]:
    is_said = ["is_late", "is_untold", "is_remeasure_due"]
    seen_from = {"seen_from": followed.as_of} if followed.as_of else {}
    shown = followed.actions[["about", *STEPS, "due_on", "status", *is_said]]
    return {**seen_from, "actions": shown.astype(str), "waits": followed.waits}


def _names(actions: pd.DataFrame) -> "pd.Series[str]":
    return pd.Series([action_words.name(row) for row in actions.to_dict("records")], dtype=str)


def _day_or_dash(when: Any) -> str:  # noqa: ANN401 - a day or what pandas has for none
    return words.NONE if pd.isna(when) else words.day(when)


def _in_short(followed: Followed) -> Iterator[str]:
    every = followed.actions
    if followed.as_of is None:
        yield _NO_ROWS
        return
    done, decided = (every["status"] == "done").sum(), every["decided_on"].notna().sum()
    yield f"{len(every)} åtgärder är inskrivna. Av dem är {decided} beslutade och {done} klara"
    last = words.day(followed.as_of)
    yield f"{every['is_late'].sum()} är försenade: de skulle ha varit klara före den {last}"
    yield f"{every['is_untold'].sum()} är beslutade utan att de som berörs har fått veta det"
    yield f"{every['is_remeasure_due'].sum()} skulle ha mätts igen före den dagen"
