"""What is published of a question in several parts: every cell once, and read as one."""

import numpy as np

from helpers.disclosure.attacker import posterior
from helpers.disclosure.published import joined

RULES = {"max_noise": 7, "variance": 4}
GROUP = ["grouping", "group", "sex"]


def record(means=(), as_of="2025-12-31", **tables):
    written = {
        name: {"columns": [*GROUP, *columns], "rows": rows}
        for name, (columns, *rows) in tables.items()
    }
    return {
        "question": "queue-times", "as_of": as_of, "rules": RULES, "means": list(means),
        "tables": written,
    }  # fmt: skip


def test_parts_are_one_record_with_every_cell_once():
    everyone, half = ["all", "all", "K"], ["half_year", "2025H1", "K"]
    first = record(means=[{"value": 3}], people=(["n"], [*everyone, 9]))
    second = record(people=(["n", "years"], [*everyone, 9, 4], [*half, 5, 2]))
    for parts in ([first, second], [second, first]):
        found = joined(parts)["queue-times"]
        columns, rows = found["tables"]["people"].values()
        cells = [dict(zip(columns, row, strict=True)) for row in rows]
        assert sorted(cell["n"] for cell in cells) == [5, 9]
        assert all(cell["years"] for cell in cells)
        assert found["means"] == [{"value": 3}]
    assert len(first["tables"]["people"]["rows"]) == 1


def test_questions_are_kept_apart():
    other = record(people=(["n"], ["all", "all", "K", 3])) | {"question": "extensions"}
    assert set(joined([record(), other])) == {"queue-times", "extensions"}


def test_the_attacker_knows_that_who_came_has_gone_or_waits():
    counts = {"2025H1": (6, 2, 9), "2025H2": (7, 4, 12)}
    flows = [
        ["half_year", name, "K", way, n]
        for name, (_, went, waits) in counts.items()
        for way, n in (("access", went), ("waiting", waits))
    ]
    people = [["half_year", name, "K", came] for name, (came, *_) in counts.items()]
    seen = record(as_of="2026-06-30", people=(["n"], *people), flow=(["flow", "n"], *flows))
    draws = posterior([seen], sweeps=60)
    _, came, _, waited, went, waits = draws.T
    assert np.mean(waits == waited + came - went) > 0.8
    assert len({*waits.tolist()}) > 3
