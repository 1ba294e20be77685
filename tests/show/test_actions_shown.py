"""The page of what is done: what is late and untold, in words, with roles and never names."""

from read_shown import downloaded, read

from helpers import actions, show
from helpers.data import read_actions
from helpers.show.words import NBSP

FOLLOWED = actions.follow(read_actions())


def seen(shown):
    return shown.html.replace(NBSP, " ")


def test_the_sample_in_short():
    said = seen(show.actions.in_short(FOLLOWED))
    assert "10 åtgärder är inskrivna. Av dem är 8 beslutade och 2 klara." in said
    assert "2 är försenade: de skulle ha varit klara före den 17 mars 2026." in said
    assert "5 är beslutade utan att de som berörs har fått veta det." in said


def test_every_action_stands_under_what_led_to_it():
    shown = show.actions.every(FOLLOWED)
    for heading in ("Uppmätt skillnad", "Brukarrevision", "Dialogmöte", "Kartläggning"):
        assert f">{heading}</th>" in shown.html
    assert len(downloaded(shown)) == len(FOLLOWED.actions)
    assert "försenad" in shown.html


def test_the_path_says_each_day_and_a_dash_where_there_is_none():
    table = read(show.actions.path(FOLLOWED)).set_index("Åtgärd")
    assert table.loc["Förlängningar", "Beslut"].replace(NBSP, " ") == "3 mars 2026"
    assert table.loc["Förlängningar", "Klar"] == "–"


def test_what_is_done_about_one_thing_is_a_sentence():
    one = seen(show.actions.under(FOLLOWED, "gap", "extensions"))
    assert "Åtgärd: beslutad 3 mars 2026, ansvarig: enhetschef, påbörjad" in one
    assert "ingen inskriven" in show.actions.under(FOLLOWED, "gap", "goals").html


def test_a_table_without_rows_says_so():
    none = actions.follow(read_actions().head(0))
    for shown in (show.actions.in_short(none), show.actions.path(none), show.actions.every(none)):
        assert "Inget är inskrivet än" in shown.html


def test_what_staff_write_is_text_and_not_html():
    wild = actions.follow(read_actions().assign(reason="<b>fet</b>", owner_role="<i>chef</i>"))
    assert "<b>fet</b>" not in show.actions.every(wild).html
    assert "<i>chef</i>" not in show.actions.under(wild, "gap", "extensions").html


def test_the_answer_says_what_is_done_about_the_gap(sample_gaps):
    said = seen(show.answer(sample_gaps, read_actions()))
    assert "Åtgärd: ska utredas enligt beslut 17 mars 2026, ansvarig: verksamhetschef" in said
    assert "ingen inskriven" in show.answer(sample_gaps, read_actions().head(0)).html
    assert "Åtgärd" not in show.answer(sample_gaps).html
