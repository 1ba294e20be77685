"""A cell is named in the words that staff know."""

import pytest

from helpers.disclosure.told import at, cell
from helpers.questions import cases
from helpers.site.gate.names import name

DAY = "2025-12-31"


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (cell(cases.PLACEMENTS), "placeringar (alla)"),
        (
            cell(cases.PLACEMENTS, {"sex": "K", at("stage", DAY): ["denied", "granted"]}),
            "placeringar (kön: kvinna, förlängning 2025-12-31: avslag eller beviljad)",
        ),
        (
            cell(cases.PLACEMENTS, {"year": ["2022"]}, f"days from 2022-01-01 {DAY}"),
            "dygn från 2022-01-01 till 2025-12-31 för placeringar (år: 2022)",
        ),
        (
            cell(cases.RESPONSES, {"U35543": "mycket nöjd"}),
            "enkätsvar (sammantaget nöjd med stödet: mycket nöjd)",
        ),
        (
            cell(cases.FIRST_DECISIONS, {at("time waited", DAY): ["3.5", "4", "5", "6", "7"]}),
            "personer i kön (väntetid 2025-12-31: 3.5 … 7)",
        ),
        (
            cell(
                cases.FIRST_DECISIONS, {"ending": "waiting 2024-12-31, left 2025-12-31", "sex": "K"}
            ),
            "personer i kön (avslut: väntar 2024-12-31, lämnade kön 2025-12-31, kön: kvinna)",
        ),
        (
            cell("visits", {"ward": ["c", "a", "b"]}, of="nights"),
            "nights för visits (ward: a, b eller c)",
        ),
    ],
)
def test_a_cell_is_named_in_swedish(told, said):
    assert name(told) == said
