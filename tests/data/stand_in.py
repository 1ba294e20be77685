"""A server on this machine that answers as Kolada, SCB, SSB or Socialstyrelsen is documented to."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit


@dataclass
class Reply:
    """What is sent: its status, and a body that may be cut short or late."""

    body: Any = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    cut: bool = False
    late: float = 0


@dataclass
class Call:
    path: str
    query: dict[str, str]
    body: Any = None


class StandIn:
    """Answers by `answer`; `first` are given before, one a call."""

    def __init__(self, answer: Callable[[Call], Reply]) -> None:
        self.answer = answer
        self.first: list[Reply] = []
        self.calls: list[Call] = []
        self.url = ""

    def reply(self, call: Call) -> Reply:
        self.calls.append(call)
        return self.first.pop(0) if self.first else self.answer(call)

    def asked(self, part: str) -> list[Call]:
        return [call for call in self.calls if part in call.path]


@contextmanager
def serving(answer: Callable[[Call], Reply]) -> Iterator[StandIn]:
    stand_in = StandIn(answer)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self._respond(None)

        def do_POST(self) -> None:
            self._respond(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

        def _respond(self, body: Any) -> None:
            parts = urlsplit(self.path)
            query = {name: ",".join(values) for name, values in parse_qs(parts.query).items()}
            reply = stand_in.reply(Call(unquote(parts.path), query, body))
            text = reply.body if isinstance(reply.body, str) else json.dumps(reply.body)
            content = text.encode()
            time.sleep(reply.late)
            self.send_response(reply.status)
            for name, value in {"Content-Length": str(len(content)), **reply.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content[: len(content) // 2] if reply.cut else content)
            self.close_connection = reply.cut

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    stand_in.url = f"http://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield stand_in
    finally:
        server.shutdown()
        server.server_close()


def kolada(call: Call, per_page: int = 5000) -> Reply:
    """Answer as Kolada v3: a row for each id × year it has, 25 ids at most, page by page."""
    _, version, *parts = call.path.split("/")
    if version != "v3":
        return Reply("gone", 410)
    if parts[0] != "data":
        return Reply(_described(parts[0], parts[1].split(",")))
    asked = dict(zip(parts[1::2], (ids.split(",") for ids in parts[2::2]), strict=True))
    if any(len(ids) > 25 for ids in asked.values()):
        return Reply("too many", 400)
    rows = [
        row
        for kpi in asked["kpi"]
        for place in asked["municipality"]
        for year in asked["year"]
        if (row := kolada_row(kpi, place, int(year)))
    ]
    page = int(call.query.get("page", 1))
    shown = rows[per_page * (page - 1) : per_page * page]
    more = per_page * page < len(rows)
    following = f"http://elsewhere.invalid{call.path}?page={page + 1}&per_page={per_page}"
    return Reply(
        {
            "values": shown,
            "count": len(shown),
            "next_url": following if more else None,
            "previous_url": None,
        }
    )


def kolada_row(kpi: str, place: str, year: int) -> dict[str, Any] | None:
    """Give a row; of 0999 there is none, of 0481 the traps."""
    if place == "0999":
        return None
    cells = [kolada_cell("T", 79.0), kolada_cell("K", 57.0), kolada_cell("M", 92.0)]
    if place == "0481":
        cells = [
            kolada_cell("T", 79.0),
            kolada_cell("K", None, "Private"),
            kolada_cell("M", 12.0, "Provisional"),
        ]
    if place == "0482":
        cells = [kolada_cell("T", 79.0), kolada_cell("K", 57.0, isdeleted=True)]
    if place == "0483":
        cells = [kolada_cell("T", None, "Missing"), kolada_cell("K", None)]
    if kpi == "U35901":
        cells = [kolada_cell("T", 19.0)]
    return {"kpi": kpi, "municipality": place, "period": year, "values": cells}


def kolada_cell(
    gender: str, value: float | None, status: str = "", isdeleted: bool = False
) -> dict[str, Any]:
    return {
        "gender": gender,
        "count": 1,
        "status": status,
        "value": value,
        "isdeleted": isdeleted,
    }


def _described(kind: str, ids: list[str]) -> dict[str, Any]:
    rows: list[dict[str, Any]] = [{"id": one, "title": f"{kind} {one}"} for one in ids]
    for row in rows:
        row["is_divided_by_gender"] = row["id"] != "U35901"
        row["members"] = [{"id": "0485", "title": "Medlem"}]
    return {"values": rows, "count": len(rows), "next_url": None, "previous_url": None}


REGIONS = ["00", "0180", "0484"]


def pxweb(call: Call) -> Reply:
    """Answer as PxWebApi 2: a table whose cells come in an order of its own."""
    if call.path.endswith("/config"):
        limits = {"maxDataCells": 150_000, "maxCallsPerTimeWindow": 30, "timeWindow": 10}
        return Reply({"apiVersion": "2.0.0", "defaultLanguage": "sv", **limits})
    if call.path.endswith("/tables"):
        return Reply({"page": {"totalElements": 1}})
    if call.path.endswith("/metadata"):
        return Reply(_dataset(REGIONS, ["0", "1", "tot"], ["1", "2"], ["2022", "2023"]))
    kept = {one["variableCode"]: one["valueCodes"] for one in call.body["selection"]}
    if not set(kept["Region"]) <= set(REGIONS) or not set(kept["Tid"]) <= {"2022", "2023"}:
        return Reply("unknown code", 400)
    dataset = _dataset(kept["Region"], kept.get("Alder", []), kept["Kon"], kept["Tid"])
    del dataset["dimension"]["Alder"]
    dataset["id"].remove("Alder")
    dataset["size"] = [len(kept[name]) for name in dataset["id"]]
    number = len(kept["Tid"]) * len(kept["Kon"]) * len(kept["Region"])
    values: list[float | None] = [1000.0 + place for place in range(number)]
    signs = {"0": "..", "1": ".", "2": "-"}
    return Reply(dataset | {"value": [None] * 3 + values[3:], "status": signs})


def _dataset(
    regions: list[str], ages: list[str], sexes: list[str], years: list[str]
) -> dict[str, Any]:
    codes = {
        "Kon": sexes,
        "ContentsCode": ["BE0101N1"],
        "Tid": years,
        "Region": regions,
        "Alder": ages,
    }
    # A mapping whose order is not that of the cells.
    dimension = {
        name: {"category": {"index": {code: place for place, code in reversed([*enumerate(own)])}}}
        for name, own in codes.items()
    }
    for name, own in codes.items():
        dimension[name]["label"] = name
        dimension[name]["category"]["label"] = {code: f"{name} {code}" for code in own}
    dimension["Alder"]["extension"] = {"elimination": True}
    return {
        "id": list(codes),
        "size": [len(own) for own in codes.values()],
        "role": {"time": ["Tid"], "geo": ["Region"], "metric": ["ContentsCode"]},
        "dimension": dimension,
        "label": "Folkmängd",
        "note": ["Brus från 2025."],
    }


def socialstyrelsen(call: Call) -> Reply:
    """Answer as the statistics database, two rows a page; of region 1 it has no women."""
    _topic, *rest = call.path.split("/")[4:]
    if not rest:
        return Reply([{"namn": name} for name in ("matt", "region", "kon", "ar", "alder")])
    if rest[0] != "resultat":
        return Reply([{"id": 6, "text": f"{rest[0]} 6"}, {"id": 0, "text": "Riket"}])
    kept = dict(zip(rest[1::2], (ids.split(",") for ids in rest[2::2]), strict=True))
    measure = {"mattId": int(kept["matt"][0]), "varde": "1 234,5"}
    rows = [
        measure | {"regionId": int(region), "konId": int(sex), "ar": int(year)}
        for region in kept["region"]
        for sex in kept["kon"]
        for year in kept["ar"]
        if (region, sex) != ("1", "2")
    ]
    page = int(call.query["sida"])
    shown, pages = rows[2 * page - 2 : 2 * page], -(-len(rows) // 2)
    return Reply({"data": shown, "sida": page, "sidor": pages, "nasta_sida": None})
