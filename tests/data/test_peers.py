"""Open data: every figure asked for is answered or named, and a failure changes nothing."""

import subprocess
from datetime import date

import pandas as pd
import pytest
import stand_in
from stand_in import Reply
from typer.testing import CliRunner

from helpers.cli import app
from helpers.data.peers import (
    Asked,
    PeersProblem,
    client,
    fetch,
    invented,
    read_peers,
    snapshots,
    sources,
    told,
)
from helpers.paths import PEERS

DAY = date(2026, 1, 31)
ANSWERS = {
    "kolada": (stand_in.kolada, "/v3"),
    "scb": (stand_in.pxweb, "/api/v2"),
    "ssb": (stand_in.pxweb, "/api/v2"),
    "socialstyrelsen": (stand_in.socialstyrelsen, "/api/v1/sv"),
}


@pytest.fixture(autouse=True)
def little_patience(monkeypatch):
    monkeypatch.setattr(client, "BACKOFF", 0.0)


@pytest.fixture
def server(monkeypatch, request):
    """Stand in for the source a test names, Kolada by default."""
    source = getattr(request, "param", "kolada")
    answer, path = ANSWERS[source]
    with stand_in.serving(answer) as server:
        monkeypatch.setenv(f"LIKAVARD_{source.upper()}_URL", server.url + path)
        yield server


def of(source):
    return pytest.mark.parametrize("server", [source], indirect=True)


def ask(to, source="kolada", kpis=("U35543",), places=("0484",), years=(2023,)):
    return fetch(source, Asked(kpis, places, years), DAY, to)


def cells(snapshot):
    rows = snapshot.rows
    value = rows["value"].astype(object).where(rows["value"].notna(), None)
    keys = zip(rows["kpi"], rows["place_code"], rows["year"], rows["sex"], strict=True)
    return dict(zip(keys, zip(value, rows["status"], strict=True), strict=True))


def one(snapshot, sex, place="0484", year=2023, kpi="U35543"):
    return cells(snapshot)[kpi, place, year, sex]


def test_each_id_and_year_and_sex_has_one_row_whatever_is_answered(server, tmp_path):
    kpis, places = ("U35542", "U35543"), [f"{number:04}" for number in range(460, 520)]
    rows = ask(tmp_path, kpis=kpis, places=(*places, "0999"), years=(2022, 2023)).rows
    assert (
        len(rows)
        == len(rows.drop_duplicates(["kpi", "place_code", "year", "sex"]))
        == 2 * 61 * 2 * 3
    )
    assert (rows.loc[rows["place_code"] == "0999", "status"] == "missing").all()
    assert len(server.asked("/data/")) == 3


def test_what_is_known_of_a_figure_is_kept_apart(server, tmp_path):
    found = ask(tmp_path, kpis=("U35543", "U35901"), places=("0484", "0481", "0482", "0483"))
    assert one(found, "K") == (57.0, "ok")
    assert one(found, "K", "0481") == (None, "secret")
    assert one(found, "K", "0482") == (None, "deleted")
    assert one(found, "K", "0483") == (None, "missing")
    assert one(found, "K", kpi="U35901") == (None, "not_applicable")


def test_the_total_never_stands_in_for_a_sex(server, tmp_path):
    found = ask(tmp_path, places=("0482",))
    assert one(found, "T", "0482") == (79.0, "ok")
    assert one(found, "M", "0482") == (None, "missing")


def test_a_status_nobody_knows_is_missing_and_its_word_is_kept(server, tmp_path):
    found = ask(tmp_path, places=("0481",))
    assert one(found, "M", "0481") == (None, "missing")
    assert found.about.words == [["U35543", "0481", 2023, "M", "Provisional"]]


def test_pages_are_followed_at_the_address_that_was_set(server, tmp_path):
    server.answer = lambda call: stand_in.kolada(call, per_page=2)
    rows = ask(tmp_path, places=tuple(f"{number:04}" for number in range(500, 507))).rows
    assert (rows["status"] == "ok").all()
    assert [call.query.get("page") for call in server.asked("/data/")] == [None, "2", "3", "4"]


def test_places_and_figures_are_named(server, tmp_path):
    found = ask(tmp_path, places=("0484", "G36484"))
    assert found.rows["place"].unique().tolist() == [
        "municipality 0484",
        "municipality_groups G36484",
    ]
    assert found.about.titles == {"U35543": "kpi U35543"}
    assert "ovägda" in found.about.notes[0]


def without_names(call):
    return stand_in.kolada(call) if "/data/" in call.path else Reply("none", 404)


def test_a_server_that_names_nothing_still_gives_its_figures(server, tmp_path):
    server.answer = without_names
    found = ask(tmp_path)
    assert one(found, "K") == (57.0, "ok")
    assert found.rows["place"].unique().tolist() == ["0484"]


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_busy_server_is_asked_again(server, tmp_path, status):
    server.first = [Reply("wait", status, {"Retry-After": "0"})] * 3
    assert one(ask(tmp_path), "K") == (57.0, "ok")


def test_retry_after_is_waited_for(server, tmp_path, monkeypatch):
    waited = []
    monkeypatch.setattr("urllib3.util.retry.time.sleep", waited.append)
    server.first = [
        Reply("wait", 429, {"Retry-After": "7"}),
        Reply("wait", 429, {"Retry-After": "9999"}),
    ]
    ask(tmp_path)
    assert [seconds for seconds in waited if seconds] == [7, 60]


def without(*path):
    """Answer as Kolada, but for a key that is gone."""

    def answer(call):
        reply = stand_in.kolada(call)
        body = reply.body
        for step in path[:-1]:
            body = body[step]
        body["gone"] = body.pop(path[-1])
        return reply

    return answer


def with_count(call):
    reply = stand_in.kolada(call)
    return Reply(reply.body | {"count": 40})


def in_a_ring(call):
    reply = stand_in.kolada(call)
    return Reply(
        reply.body | {"next_url": "/v3/data/kpi/U35543/municipality/0484/year/2023?page=1"}
    )


def unasked(call):
    return stand_in.kolada(stand_in.Call(call.path.replace("0484", "0180"), call.query))


def dies_half_way(call):
    return Reply(stand_in.kolada(call).body, cut="kpi/U" in call.path)


FAULTS = {
    "is busy for ever": lambda _: Reply("wait", 503),
    "is closed": lambda _: Reply("gone", 410),
    "dies half-way": dies_half_way,
    "hangs": lambda _: Reply(late=1),
    "answers with a page": lambda _: Reply("<html>"),
    "answers with a list": lambda _: Reply([]),
    "lies about count": with_count,
    "goes in a ring": in_a_ring,
    "answers something else": unasked,
    "has no values": without("values"),
    "has no period": without("values", 0, "period"),
    "has no gender": without("values", 0, "values", 0, "gender"),
    "has no value": without("values", 0, "values", 0, "value"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_failure_is_one_message_and_the_old_snapshot_stays(server, tmp_path, fault, monkeypatch):
    before = ask(tmp_path).file.read_bytes()
    monkeypatch.setattr(client, "TIMEOUT", (0.3, 0.3))
    server.answer = FAULTS[fault]
    with pytest.raises(PeersProblem, match=r"^Kolada .* Inget sparades") as told:
        ask(tmp_path)
    assert "\n" not in str(told.value)
    assert [file.read_bytes() for file in tmp_path.glob("*.parquet")] == [before]
    assert cells(read_peers(tmp_path))
    assert len(list(tmp_path.iterdir())) == 2


def test_a_server_that_is_not_there_is_told(monkeypatch, tmp_path):
    monkeypatch.setenv("LIKAVARD_KOLADA_URL", "http://127.0.0.1:9/v3")
    with pytest.raises(PeersProblem, match="Kolada svarar inte"):
        ask(tmp_path)


@of("scb")
def test_a_table_is_read_by_the_order_of_its_codes(server, tmp_path):
    found = ask(tmp_path, "scb", ("TAB638",), ("0484", "0180", "0000"), (2022, 2023))
    # Cells by sex, year and region as asked for, women first: the first three have no number.
    assert one(found, "K", "0484", 2022, "TAB638") == (None, "secret")
    assert one(found, "K", "0180", 2022, "TAB638") == (None, "not_applicable")
    assert one(found, "K", "0000", 2022, "TAB638") == (None, "missing")
    assert one(found, "K", "0000", 2023, "TAB638") == (1005.0, "ok")
    assert one(found, "M", "0484", 2023, "TAB638") == (1009.0, "ok")
    assert found.about.notes == ["Brus från 2025."]


@of("scb")
def test_what_a_table_does_not_have_is_missing_and_not_asked_for(server, tmp_path):
    rows = ask(tmp_path, "scb", ("TAB638",), ("0484", "0180", "0999"), (2022, 2023, 2030)).rows
    known = rows[rows["status"] == "ok"]
    assert set(zip(known["place_code"], known["year"], strict=True)) <= {
        (place, year) for place in ("0484", "0180") for year in (2022, 2023)
    }
    assert len(rows) == 3 * 3 * 3
    assert (rows.loc[rows["sex"] == "T", "status"] == "missing").all()


@of("ssb")
def test_two_points_are_missing_at_ssb_where_scb_keeps_a_secret(server, tmp_path):
    found = ask(tmp_path, "ssb", ("TAB638",), ("0484",), (2022,))
    assert one(found, "K", "0484", 2022, "TAB638") == (None, "missing")


@of("socialstyrelsen")
def test_a_measure_is_read_with_its_comma_and_an_absent_row_is_not_0(server, tmp_path):
    found = ask(tmp_path, "socialstyrelsen", ("amne/6",), ("0", "1"), (2022, 2023))
    assert one(found, "K", "0", 2023, "amne/6") == (1234.5, "ok")
    assert one(found, "K", "1", 2023, "amne/6") == (None, "missing")
    assert one(found, "M", "1", 2023, "amne/6") == (1234.5, "ok")
    assert server.asked("resultat")[0].path.endswith(
        "/amne/resultat/matt/6/region/0,1/kon/1,2,3/ar/2022,2023"
    )


@of("socialstyrelsen")
def test_a_column_that_the_topic_lacks_is_told_and_not_asked_for(server, tmp_path):
    with pytest.raises(PeersProblem, match="delar inte upp amne efter diagnos"):
        ask(tmp_path, "socialstyrelsen", ("amne/6/diagnos/F10",), ("0",))
    assert not server.asked("resultat")


def unfiltered(call):
    return stand_in.socialstyrelsen(
        stand_in.Call(call.path.replace("region/0/", "region/0,7/"), call.query)
    )


@of("socialstyrelsen")
def test_rows_that_were_not_asked_for_are_refused(server, tmp_path):
    server.answer = unfiltered
    with pytest.raises(PeersProblem, match="annat än väntat"):
        ask(tmp_path, "socialstyrelsen", ("amne/6",), ("0",))


def run(*arguments):
    return CliRunner().invoke(app, ["peers", *arguments])


def test_the_command_fetches_and_names_what_is_missing(server, tmp_path):
    asked = ["--kpi", "U35542,U35543", "--municipality", "0484,0483", "--year", "2022,2023"]
    done = run("fetch", "--source", "kolada", *asked, "--to", str(tmp_path))
    assert done.exit_code == 0, done.output
    assert "saknas: U35543, 0483: 2022 (K, M, T), 2023 (K, M, T)" in done.output
    assert done.stderr == ""
    (file,) = tmp_path.glob("kolada-*.parquet")
    assert len(pd.read_parquet(file)) == 2 * 2 * 2 * 3


def test_by_default_what_the_site_needs_is_fetched_of_the_places_in_the_settings(server, tmp_path):
    rows = fetch("kolada", Asked((), (), ()), DAY, tmp_path).rows
    assert rows["place_code"].unique().tolist() == [*sources.default(), "0485"]
    assert {"U35543", "U35901", "N35849"} <= set(rows["kpi"])
    assert rows["year"].max() == 2026


def test_a_failed_fetch_is_told_without_a_traceback(server, tmp_path):
    server.answer = FAULTS["is closed"]
    done = run(
        "fetch",
        "--source",
        "kolada",
        "--kpi",
        "U1",
        "--municipality",
        "0484",
        "--to",
        str(tmp_path),
    )
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("Kolada svarade med felkod 410")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("--source socialstyrelsen", "Ange --kpi"),
        ("--source socialstyrelsen --kpi amne", "Ange --kpi"),
        ("--source socialstyrelsen --kpi amne/6/atc", "Ange --kpi"),
        ("--source scb --year 23", "fyra siffror"),
    ],
)
def test_what_cannot_be_asked_is_told(options, said, tmp_path):
    done = run("fetch", *options.split(), "--to", str(tmp_path))
    assert done.exit_code == 2
    assert said in done.stderr


def test_the_newest_of_each_source_is_read_and_invented_ones_only_alone(server, tmp_path):
    invented.write(tmp_path)
    assert read_peers(tmp_path).is_invented
    ask(tmp_path)
    later = fetch("kolada", Asked(("U35543",), ("0484",), (2024,)), date(2026, 3, 1), tmp_path)
    assert read_peers(tmp_path).rows["year"].unique().tolist() == [2024]
    assert read_peers(tmp_path).file == later.file
    assert len(snapshots.every(tmp_path)) == 3


def test_a_snapshot_that_was_changed_is_refused(server, tmp_path):
    file = ask(tmp_path).file
    file.write_bytes(file.read_bytes() + b" ")
    with pytest.raises(PeersProblem, match="har ändrats"):
        read_peers(tmp_path)


def test_what_is_there_is_told_with_its_age(server, tmp_path, monkeypatch):
    monkeypatch.setenv("LIKAVARD_PEERS", str(tmp_path))
    assert (run().exit_code, run().stderr) == (
        2,
        "Det finns inget att jämföra med. Kör likavard peers fetch.\n",
    )
    ask(tmp_path)
    assert "kolada-2026-01-31.parquet: Kolada, 1 mått, 1 plats, 2023–2023" in run().output
    assert "Hämtat 2026-01-31, " in run().output


def test_the_committed_snapshot_is_what_the_generator_makes_and_says_that_it_is_invented(tmp_path):
    made = snapshots.read(invented.write(tmp_path))
    kept = read_peers(PEERS)
    pd.testing.assert_frame_equal(made.rows, kept.rows)
    assert kept.is_invented
    assert "påhittade" in kept.about.notes[0]
    done = subprocess.run(
        ["sha256sum", "--check", "--quiet", kept.file.with_suffix(".sha256").name],
        cwd=PEERS,
        check=False,
    )
    assert done.returncode == 0


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 1, 31), "i dag."),
        (date(2026, 2, 1), "i går."),
        (date(2026, 2, 2), "för 2 dagar sedan."),
    ],
)
def test_age_is_told_in_days(server, tmp_path, monkeypatch, day, said):
    monkeypatch.setenv("LIKAVARD_PEERS", str(tmp_path))
    ask(tmp_path)
    assert next(told.all_snapshots(day)).endswith(said)
