"""Extensions: who is counted and at which stage, what the steps contribute, what is said."""

from datetime import date
from math import isnan

import numpy as np
import pandas as pd
import pytest
from extension_cases import AS_OF, STAGES, application, frames, placement, published, tallied

from helpers import extensions, read_cases
from helpers.data import sample
from helpers.disclosure import Group
from helpers.paths import SAMPLE
from helpers.questions.asking import UsageProblem
from helpers.questions.gap import Verdict
from helpers.stats.decomposition import kitagawa

WOMEN, MEN = (10, 140, 20, 40), (10, 100, 20, 80)


def true(tally, table, **where):
    rows = tally.true_counts()[table]
    for name, value in ({"grouping": "all", "sex": "K"} | where).items():
        rows = rows[rows[name] == value]
    return int(rows["n"].iloc[0])


def stage(placements, applications=(), as_of=AS_OF):
    """The one stage that the one woman's first placement has come to."""
    tally = tallied(placements, applications, as_of=as_of)
    [found] = [each for each in STAGES if true(tally, "stages", stage=each)]
    assert true(tally, "people") == true(tally, "stages", stage="total") == 1
    return found


@pytest.fixture(scope="module")
def sample_tally():
    return extensions.tally(read_cases("extensions"), by=["sex", "period"])


@pytest.fixture(scope="module")
def sample_published(sample_tally):
    return extensions.protect(sample_tally)


@pytest.fixture(scope="module")
def gaps(sample_published):
    return extensions.gaps(sample_published)


def test_a_person_is_counted_by_the_first_placement_alone():
    twice = [
        placement("1", "p", started="2023-01-01", planned_end="2023-06-30"),
        placement("2", "p", started="2024-01-01"),
    ]
    granted = [application("2", "granted")]
    assert stage(twice, granted) == "not applied"
    tally = tallied(twice, granted)
    assert true(tally, "placements", extended=True) == 1
    assert true(tally, "placements", extended=False) == 1


def test_the_first_placement_is_the_first_within_the_window():
    early = placement("1", "p", started="2021-12-31", planned_end="2022-06-30")
    assert stage([early, placement("2", "p")], [application("2", "granted")]) == "granted"


@pytest.mark.parametrize(("started", "counted"), [("2021-12-31", 0), ("2022-01-01", 1)])
def test_the_window_is_four_calendar_years(started, counted):
    rows = [placement("1", started=started), placement("2", sex="M")]
    assert true(tallied(rows), "people") == counted


@pytest.mark.parametrize(("started", "counted"), [("2024-06-30", 1), ("2024-07-01", 0)])
def test_a_placement_that_begins_after_the_day_is_not_counted(started, counted):
    rows = [placement("1", started=started, planned_end="2024-12-31"), placement("2", sex="M")]
    assert true(tallied(rows, as_of="2024-06-30"), "people") == counted


@pytest.mark.parametrize(
    ("as_of", "found"), [("2024-06-29", "open"), ("2024-06-30", "not applied")]
)
def test_a_placement_is_open_until_its_planned_end(as_of, found):
    assert stage([placement("1")], as_of=as_of) == found
    too_early = stage([placement("1")], [application("1", "granted")], as_of="2024-06-29")
    assert too_early == "open"


@pytest.mark.parametrize(("as_of", "found"), [("2024-07-09", "open"), ("2024-07-10", "denied")])
def test_an_application_is_pending_until_the_day_of_its_decision(as_of, found):
    applications = [application("1", "denied", decided="2024-07-10")]
    assert stage([placement("1")], applications, as_of=as_of) == found


@pytest.mark.parametrize(
    ("as_of", "found"), [("2024-07-01", "not applied"), ("2024-07-02", "open")]
)
def test_an_application_is_known_from_its_own_day_on(as_of, found):
    applications = [application("1", applied="2024-07-02")]
    assert stage([placement("1")], applications, as_of=as_of) == found


def test_the_first_application_that_was_not_withdrawn_counts():
    first, second = "2024-05-01", "2024-06-01"
    withdrawn = application("1", "withdrawn", applied=first)
    granted = application("1", "granted", applied=second, decided="2024-06-20", number=2)
    denied = application("1", "denied", applied=first)
    pending = application("1", applied=second, number=2)
    assert stage([placement("1")], [withdrawn]) == "not applied"
    assert stage([placement("1")], [withdrawn, granted]) == "granted"
    assert stage([placement("1")], [withdrawn, pending]) == "open"
    assert stage([placement("1")], [granted, denied]) == "denied"


def test_days_are_those_of_that_application_and_no_more_than_the_cap():
    given = [
        application("1", "granted", days=90),
        application("1", "granted", applied="2024-06-01", decided="2024-06-20", days=30, number=2),
        application("2", "granted", days=9_999),
        application("3", "granted"),
    ]
    days = tallied([placement(each) for each in "123"], given).true_counts()["days"]
    assert days.set_index("sex").loc["K", ["n", "days"]].tolist() == [2, 90 + 730]


def test_by_default_the_day_is_the_last_of_either_table():
    def last(**later):
        rows = [placement("1", ending="planned" if "ended_on" in later else None, **later)]
        return extensions.tally(read_cases("extensions", frames(rows, []))).as_of

    assert last() == date(2024, 5, 1)  # an application
    assert last(started="2024-08-01", planned_end="2024-12-31") == date(2024, 8, 1)
    assert last(ended_on="2024-09-01") == date(2024, 9, 1)


def test_groups_are_by_the_start_and_the_care_form_of_the_placement():
    rows = [placement("1", started="2023-12-31", care_form="familjehem för vuxna"), placement("2")]
    tally = tallied(rows, [application("2", "granted")], ["sex", "period", "year", "care"])
    for column, first, second in (
        ("period", "2022–23", "2024–25"),
        ("year", 2023, 2024),
        ("care", "familjehem", "annan vårdform"),
    ):
        assert true(tally, "people", grouping=column, group=first) == 1
        assert true(tally, "extended", grouping=column, group=first, extended=False) == 1
        assert true(tally, "extended", grouping=column, group=second, extended=True) == 1


def test_any_column_of_the_placements_gives_its_groups():
    rows = [placement("1", birth_year=1980), placement("2", birth_year=1990)]
    tally = tallied(rows, by=["sex", "birth_year"])
    assert true(tally, "people", grouping="birth_year", group=1980) == 1
    assert "födelseår: 1980" in {gap.group.label for gap in _gaps(tally)}


def _gaps(tally):
    tables = {name: table.assign(n=100 * table["n"]) for name, table in tally.tables.items()}
    many = type(tally)(tally.question, tally.as_of, tally.by, tally.secret, tables)
    return extensions.gaps(extensions.protect(many))


def test_the_published_figures_are_exact_in_the_sample(sample_tally):
    outcomes = sample_tally.true_counts()["outcomes"]
    has = outcomes["outcome"]

    def share(part, among):
        n = [outcomes[rows].groupby("sex")["n"].sum() for rows in (part & among, among)]
        return (100 * n[0] / n[1]).round().to_dict()

    first = outcomes["is_first"]
    assert share(has != "none", first) == {"K": 28, "M": 47}
    decided = has.isin(["granted", "denied"])
    assert share(has == "granted", decided) == {"K": 75, "M": 79}


def test_the_order_of_rows_and_their_blanks_change_nothing(sample_published):
    turned = {
        name: frame.iloc[::-1].assign(**{
            column: " " + frame[column] + " " for column in frame if column.endswith("_id")
        })
        for name, frame in (
            (name, pd.read_csv(SAMPLE / f"{name}.csv", dtype=str))
            for name in ("placements", "extensions")
        )
    }  # fmt: skip
    again = extensions.protect(
        extensions.tally(read_cases("extensions", turned), ["sex", "period"])
    )
    for name, table in sample_published.tables.items():
        pd.testing.assert_frame_equal(table, again.tables[name])


def test_the_same_people_have_the_same_noise_in_every_table(sample_published):
    for sex in ("K", "M", "total"):
        whole = sample_published.cell("stages", sex=sex, stage="total")
        assert sample_published.cell("people", sex=sex) == whole
    for sex in "KM":
        dated = sample_published.cell("days", sex=sex)
        assert dated == sample_published.cell("stages", sex=sex, stage="granted")


def test_the_gaps_are_of_the_noisy_counts():
    extended, applied, granted, *_ = extensions.gaps(published(WOMEN, MEN))
    for gap, women, men in ((extended, (40, 200), (80, 200)), (applied, (60, 200), (100, 200)),
                            (granted, (40, 60), (80, 100))):  # fmt: skip
        assert (gap.women, gap.men) == (women[0] / women[1], men[0] / men[1])
        assert (gap.n_women, gap.n_men) == (women[1], men[1])
        assert gap.estimate == pytest.approx(gap.women - gap.men)
        assert gap.low < gap.estimate < gap.high


def test_one_headline_alone_has_a_verdict_and_it_is_of_everyone(gaps):
    assert gaps[0] is gaps.headline
    assert gaps.headline.measure.code == "extended"
    assert gaps.headline.group.is_everyone
    assert [gap.verdict is not None for gap in gaps] == [True] + [False] * (len(gaps) - 1)
    groups = gaps.of(measure="extended", group="period")
    assert [gap.group.label for gap in groups] == ["påbörjade 2022–23", "påbörjade 2024–25"]


def test_women_and_men_are_not_swapped():
    ahead, back = (extensions.gaps(published(*own)) for own in ((WOMEN, MEN), (MEN, WOMEN)))
    for one, other in zip(ahead[:3], back[:3], strict=True):
        assert one.estimate < 0 < other.estimate
        assert other.low == pytest.approx(-one.high)
        assert (one.women, one.men) == (other.men, other.women)
    assert ahead.headline.verdict is back.headline.verdict is Verdict.ESTABLISHED


def test_the_contributions_are_kitagawas_and_add_up_to_the_headline():
    found = extensions.gaps(published(WOMEN, MEN))
    apply, grant = (
        found.of(measure=f"contribution of {step}")[0] for step in ("applying", "granting")
    )
    rates = ({"apply": 60 / 200, "grant": 40 / 60}, {"apply": 100 / 200, "grant": 80 / 100})
    parts = kitagawa(*rates).contributions
    assert (apply.estimate, grant.estimate) == pytest.approx((parts["apply"], parts["grant"]))
    assert apply.estimate + grant.estimate == pytest.approx(found.headline.estimate)
    assert (apply.women, apply.men, grant.women, grant.men) == (0.3, 0.5, 40 / 60, 0.8)


def test_the_contributions_intervals_hold_chance_and_noise():
    """Drawing towns from these shares and their noise anew spreads as the interval says."""
    counts, noise = published(WOMEN, MEN), published(WOMEN, MEN).rules.noise
    rng, drawn = np.random.default_rng(1), []
    for _ in range(2000):
        rates = []
        for own in (WOMEN, MEN):
            shares = np.array(own[1:]) / sum(own[1:])
            noisy = rng.multinomial(sum(own[1:]), shares) + rng.choice(15, 3, p=noise[-1]) - 7
            rates.append(
                {"apply": noisy[1:].sum() / noisy.sum(), "grant": noisy[2] / noisy[1:].sum()}
            )
        drawn.append(kitagawa(*rates).contributions)
    for step, code in (("apply", "applying"), ("grant", "granting")):
        [gap] = extensions.gaps(counts).of(measure=f"contribution of {code}")
        spread = 2 * 1.96 * np.std([each[step] for each in drawn])
        assert gap.high - gap.low == pytest.approx(spread, rel=0.07)


def test_in_the_sample_the_gap_arises_when_applying(gaps):
    apply, grant = gaps.of(measure="contribution of applying")[0], gaps[4]
    assert apply.high < 0
    assert grant.low < 0 < grant.high


@pytest.mark.parametrize(("applicants", "is_split"), [(9, False), (10, True)])
def test_granting_and_the_split_take_enough_applicants(applicants, is_split):
    found = extensions.gaps(published((0, 60, 4, applicants - 4), MEN))
    for code in ("granted among applied", "contribution of applying", "contribution of granting"):
        assert found.of(measure=code)[0].is_known == is_split
    assert found.headline.is_known
    assert found.of(measure="applied")[0].is_known


@pytest.mark.parametrize(("settled", "is_known"), [(9, False), (10, True)])
def test_a_headline_takes_enough_people_whatever_became_of_them(settled, is_known):
    found = extensions.gaps(published((40, settled, 0, 0), MEN))
    assert found.headline.is_known == is_known
    assert (found.headline.verdict is Verdict.TOO_FEW) != is_known
    assert found.of(measure="all placements extended")[0].is_known == is_known


def test_everybody_granted_leaves_the_split_its_uncertainty():
    grant = extensions.gaps(published((0, 60, 0, 12), MEN)).of(measure="contribution of granting")
    assert grant[0].high - grant[0].low > 0.05


def test_like_is_compared_with_like_where_care_form_is_held_equal():
    """Care form decides, and women have the one more often: held equal, nothing differs."""
    care = {
        "annan vårdform": [("K", True, 10), ("K", False, 30), ("M", True, 30), ("M", False, 90)],
        "familjehem": [("K", True, 60), ("K", False, 60), ("M", True, 20), ("M", False, 20)],
    }
    counts = published((0, 40, 50, 70), (0, 60, 50, 50), care=care)
    found = extensions.gaps(counts)
    assert found.headline.low > 0
    [equal] = found.of(measure="extended, care form held equal")
    assert equal.estimate == pytest.approx(0, abs=0.01)
    assert equal.low < 0 < equal.high


def test_the_gap_with_care_form_equal_is_womens_less_mens(gaps):
    [equal] = gaps.of(measure="extended, care form held equal")
    assert equal.high < 0
    assert equal.women < equal.men


def test_all_placements_and_days_are_numbers_without_interval(gaps):
    for code in ("all placements extended", "days granted"):
        [gap] = gaps.of(measure=code)
        assert gap.is_known
        assert not gap.has_interval
    [days] = extensions.gaps(published(WOMEN, MEN, days=(8, 24))).of(measure="days granted")
    assert (days.women, days.men) == (365.25 * 8 / 40, 365.25 * 24 / 80)


@pytest.mark.parametrize(("granted", "is_known"), [(11, False), (12, True)])
def test_days_are_of_as_many_as_a_mean_takes(granted, is_known):
    found = extensions.gaps(published((0, 60, 20, granted), MEN, days=(3, 24)))
    assert found.of(measure="days granted")[0].is_known == is_known


@pytest.mark.parametrize(("women", "men"), [(1, 1), (8, 8), (15, 15), (15, 60), (40, 40)])
@pytest.mark.parametrize("seed", [0, 3])
def test_a_small_town_is_answered_by_sex_alone(women, men, seed):
    town = sample.town(women, men, seed)
    found = extensions.answer(town, as_of=sample.AS_OF)
    assert {gap.group for gap in found} == {Group()}
    assert isnan(found.of(measure="extended, care form held equal")[0].estimate)
    if women < 10:
        assert found.headline.verdict is Verdict.TOO_FEW


def test_a_window_without_placements_is_too_few():
    found = extensions.answer(as_of="2040-01-01")
    assert found.headline.verdict is Verdict.TOO_FEW
    assert not any(gap.is_known for gap in found)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (lambda cases: extensions.tally(cases, by="sex"), "ska vara en lista"),
        (lambda cases: extensions.tally(cases, by=["period"]), 'måste ha med "sex"'),
        (lambda cases: extensions.tally(cases, by=["sex", "colour"]), "colour finns inte"),
        (lambda cases: extensions.tally(cases, as_of="i fjol"), "as_of ska vara en dag"),
        (lambda _: extensions.tally(read_cases("queue")), 'read_cases("extensions")'),
        (lambda cases: extensions.gaps(extensions.tally(cases)), "det som protect ger"),
    ],
)
def test_wrong_use_is_told_in_swedish(wrong, said):
    with pytest.raises(UsageProblem, match=said.replace("(", r"\(").replace(")", r"\)")):
        wrong(read_cases("extensions"))
