"""Pages that are safe one by one, and give somebody away together."""

import pytest
from small_site import DAY, by_sex, counts, shown

from helpers.disclosure import TOTAL
from helpers.disclosure.told import Ratio, cell
from helpers.questions.cases import PLACEMENTS
from helpers.show.shown import Shown
from helpers.site.gate import REPORT, NotSafe

SOME, ALL = ("HVB", "stödboende"), ("HVB", "stödboende", "familjehem")


def by_forms(women, men, forms):
    return shown(by_sex(women, men, where={"care_form": forms}))


def share(percent, **among):
    """Tell a rounded percentage of those whose stay was extended."""
    part, whole = cell(PLACEMENTS, {**among, "stage": "granted"}), cell(PLACEMENTS, among)
    return Ratio(part, whole, (percent - 0.5) / 100, (percent + 0.5) / 100, DAY)


SHARES = Shown(
    "Andel som förlängdes",
    "<p>57 % av kvinnorna, 92 % av männen och 79 % av alla.</p>",
    {"percent": [57, 92, 79]},
    told=(share(57, sex="K"), share(92, sex="M"), share(79, sex=["K", "M"])),
)
OF_ALL, OF_SOME = by_forms(41, 59, ALL), by_forms(38, 44, SOME)

HIDDEN_IN_ONE_ROW = counts(
    "sex care_form",
    [
        *(("K", "HVB", ".."), ("K", "stödboende", 38), ("K", TOTAL, 41)),
        *(("M", "HVB", 25), ("M", "stödboende", 34), ("M", TOTAL, 59)),
        *((TOTAL, "HVB", ".."), (TOTAL, "stödboende", 72), (TOTAL, TOTAL, 100)),
    ],
)

GIVEN_AWAY = {
    "subtraction": (
        {"alla": OF_ALL, "vissa": OF_SOME},
        "Små antal som går att räkna fram",
        ["alla (tbl-counted) och vissa (tbl-counted)", "vårdform: familjehem, kön: kvinna"],
    ),
    "margins": (
        {"stays": shown(HIDDEN_IN_ONE_ROW)},
        "Dolda tal som går att räkna fram",
        ["stays (tbl-counted)", "vårdform: HVB, kön: kvinna"],
    ),
    "rounded percentages": (
        {"stays": SHARES},
        "Procenttal som bara några få personer kan ge",
        ["stays (tbl-counted)", "kön: kvinna, förlängning: beviljad"],
    ),
    "told as it is": (
        {"stays": shown(by_sex(41, 4))},
        "Små antal som går att räkna fram",
        ["stays (tbl-counted)", "kön: man"],
    ),
}


@pytest.mark.parametrize("page", [OF_ALL, OF_SOME], ids=["all", "some"])
def test_each_page_by_itself_is_safe(built, page):
    assert built(queue=page).is_dir()


@pytest.mark.parametrize(("pages", "heading", "named"), GIVEN_AWAY.values(), ids=GIVEN_AWAY)
def test_what_can_be_worked_out_is_found(built, repository, pages, heading, named):
    with pytest.raises(NotSafe) as problem:
        built(**pages)
    report = (repository / REPORT).read_text(encoding="utf-8")
    assert f"<h2>{heading} (" in report
    assert not [name for name in named if name not in str(problem.value)]
    assert not [name for name in named if name not in report]
    assert not (repository / "_site").exists()


def test_what_gives_it_away_is_told_once(built):
    with pytest.raises(NotSafe) as problem:
        built(alla=OF_ALL, vissa=OF_SOME)
    assert str(problem.value).count("alla (tbl-counted) och vissa (tbl-counted)") == 1
