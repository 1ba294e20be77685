"""Other public clients, asked of the same server, read the same figures where they are right.

They are not where a row is deleted (koladapy keeps it) or has a sign (pxwebpy drops it).
"""

from datetime import date

import stand_in
from koladapy import KoladaAPI
from pxweb import PxApi
from stand_in import Call

from helpers.data.peers import Asked, fetch

DAY = date(2026, 1, 31)
YEARS = (2022, 2023)


def _by_path(call):
    """Answer koladapy, which asks with query keys, as the same question by path."""
    if not call.path.endswith("/data/"):
        return stand_in.kolada(call)
    names = {"kpi": "kpi_id", "municipality": "municipality_id", "year": "year"}
    path = "".join(f"/{name}/{call.query[key]}" for name, key in names.items())
    return stand_in.kolada(Call(f"/v3/data{path}", {"page": call.query["page"]}))


def _known(snapshot):
    rows = snapshot.rows[snapshot.rows["status"] == "ok"]
    keys = rows[["kpi", "place_code", "year", "sex"]].itertuples(index=False, name=None)
    return dict(zip(keys, rows["value"], strict=True))


def test_koladapy_reads_the_same_figures(tmp_path, monkeypatch):
    kpis, places = ("U35542", "U35543"), tuple(f"{number:04}" for number in range(484, 492))
    with stand_in.serving(_by_path) as server:
        monkeypatch.setenv("LIKAVARD_KOLADA_URL", f"{server.url}/v3")
        ours = _known(fetch("kolada", Asked(kpis, places, YEARS), DAY, tmp_path))
        client = KoladaAPI(f"{server.url}/v3/", max_requests_per_second=1000)
        rows = client.get_values([*kpis], [*places], [*YEARS])
    theirs = {
        (row["kpi"], row["municipality"], row["period"], cell["gender"]): cell["value"]
        for row in rows
        for cell in row["values"]
    }
    assert ours == theirs and len(ours) == 2 * 8 * 2 * 3


def test_pxwebpy_reads_the_same_figures(tmp_path, monkeypatch):
    with stand_in.serving(stand_in.pxweb) as server:
        monkeypatch.setenv("LIKAVARD_SCB_URL", f"{server.url}/api/v2")
        asked = Asked(("TAB638/BE0101N1",), ("0180", "0484"), YEARS)
        ours = _known(fetch("scb", asked, DAY, tmp_path))
        selected = server.calls[-1].body["selection"]
        codes = {one["variableCode"]: one["valueCodes"] for one in selected}
        client = PxApi(f"{server.url}/api/v2", max_workers=1)
        rows = client.get_table_data("TAB638", codes, show="code")
    theirs = {
        ("TAB638/BE0101N1", row["Region"], int(row["Tid"]), "MK"[int(row["Kon"]) - 1]): row["value"]
        for row in rows
        if row["value"] is not None
    }
    assert ours == theirs and len(ours) == 5
