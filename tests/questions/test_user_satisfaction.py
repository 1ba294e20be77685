"""The survey: who and what is counted, what of it may be known, and what the gaps say of it."""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
from statsmodels.miscmodels.ordinal_model import OrderedModel
from survey_cases import answers, published, survey

from helpers import user_satisfaction
from helpers.data.codes import SURVEY_ITEMS
from helpers.data.problems import DataProblem
from helpers.data.sample import AS_OF, town
from helpers.disclosure import EVERYONE
from helpers.paths import SAMPLE
from helpers.questions.asking import UsageProblem
from helpers.questions.gap import Verdict
from helpers.questions.user_satisfaction import BETTER_ANSWER, MEASURES, WITHIN_YEARS
from helpers.stats import multiplicity, proportions

WHOLE, INFLUENCE = "U35543", "U35542"
GOOD, FAIR, POOR, BAD = "mycket nöjd", "ganska nöjd", "ganska missnöjd", "mycket missnöjd"
CASES = pd.DataFrame(
    [
        ("a", 2024, "K", WHOLE, GOOD),
        ("a", 2024, "K", INFLUENCE, "vet inte"),
        ("b", 2024, "K", WHOLE, FAIR),
        ("b", 2024, "K", INFLUENCE, None),
        ("c", 2025, "K", WHOLE, POOR),
        ("d", 2024, "M", WHOLE, None),
        ("e", 2024, "M", INFLUENCE, "mycket"),
    ],
    columns=["response_id", "year", "sex", "item", "answer"],
)


@pytest.fixture(scope="module")
def sample():
    return pd.read_csv(SAMPLE / "survey.csv")


@pytest.fixture(scope="module")
def known(sample):
    return published(sample, "year")


@pytest.fixture(scope="module")
def gaps(known):
    return user_satisfaction.gaps(known)


def true_counts(cases, table, *by, as_of=None):
    """The true cells that are not empty, as tuples of what is known of them."""
    tally = user_satisfaction.tally(survey(cases), ["sex", *by], as_of)
    counts = tally.true_counts()[table].query("n > 0").drop(columns=["grouping"])
    return [*counts.itertuples(index=False, name=None)]


def test_a_small_table_counted_by_hand():
    assert true_counts(CASES, "people") == [
        ("all", "K", 3), ("all", "M", 2), ("all", "total", 5),
    ]  # fmt: skip
    assert true_counts(CASES, "replies") == [
        ("all", "K", WHOLE, "positive", 2),
        ("all", "K", WHOLE, "not positive", 1),
        ("all", "K", INFLUENCE, "vet inte", 1),
        ("all", "K", INFLUENCE, "inget svar", 1),
        ("all", "M", WHOLE, "inget svar", 1),
        ("all", "M", INFLUENCE, "positive", 1),
    ]
    assert true_counts(CASES, "scale") == [
        ("all", "K", WHOLE, GOOD, 1),
        ("all", "K", WHOLE, FAIR, 1),
        ("all", "K", WHOLE, POOR, 1),
        ("all", "M", INFLUENCE, "mycket", 1),
    ]


def test_each_group_counts_its_own():
    by_year = true_counts(CASES, "people", "year")
    assert [row for row in by_year if row[0] == 2025] == [(2025, "K", 1), (2025, "total", 1)]


def test_every_cell_is_there_also_when_it_is_empty():
    tables = user_satisfaction.tally(survey(CASES)).true_counts()
    assert len(tables["people"]) == 3
    assert len(tables["replies"]) == 7 * 2 * 4
    assert len(tables["scale"]) == 2 * sum(len(i.answers) - 1 for i in SURVEY_ITEMS.values())


def test_each_scale_goes_from_best_to_worst_and_is_its_items_own():
    scale = user_satisfaction.tally(survey(CASES)).true_counts()["scale"]
    women = scale[scale["sex"] == "K"]
    for item in MEASURES:
        own = SURVEY_ITEMS[item]
        assert women.loc[women["item"] == item, "answer"].tolist() == [*own.answers[:-1]]


def test_what_is_positive_is_what_kolada_counts_as_positive():
    improved = answers({"ingen förändring": 3, "förbättrats lite": 4}, {}, "U35544")
    assert ("all", "K", "U35544", "positive", 4) in true_counts(improved, "replies")
    assert ("all", "K", "U35544", "not positive", 3) in true_counts(improved, "replies")


def test_the_published_percentages_are_in_the_sample(sample):
    counts = user_satisfaction.tally(survey(sample), ["sex", "year"]).true_counts()["replies"]
    year = counts[counts["group"] == 2023].set_index(["item", "sex", "reply"])["n"]
    for item, shares in ((INFLUENCE, [86, 100, 95]), (WHOLE, [57, 92, 79])):
        good = [int(year[item, sex, "positive"]) for sex in "KM"]
        scale = [
            g + int(year[item, sex, "not positive"]) for g, sex in zip(good, "KM", strict=True)
        ]
        assert scale == [7, 12]
        pairs = [*zip(good, scale, strict=True), (sum(good), sum(scale))]
        assert [round(100 * g / n) for g, n in pairs] == shares


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_files_give_the_same_noise_as_frames(ending, tmp_path, sample, known):
    path = tmp_path / f"survey.{ending}"
    shuffled = sample.sample(frac=1, random_state=0)
    shuffled.to_csv(path, index=False) if ending == "csv" else shuffled.to_parquet(path)
    for name, table in published(path, "year").tables.items():
        pd.testing.assert_frame_equal(table, known.tables[name])


def test_the_same_17_respondents_get_the_same_noise_in_every_item_and_table():
    best = {item: scale.positive[0] for item, scale in SURVEY_ITEMS.items()}
    cases = pd.concat([answers({best[i]: 17}, {best[i]: 40}, i) for i in best])
    known = published(cases)
    for sex in "KM":
        people = known.cell("people", sex=sex)
        for item, answer in best.items():
            assert known.cell("replies", sex=sex, item=item, reply="positive") == people
            assert known.cell("scale", sex=sex, item=item, answer=answer) == people


def test_shares_are_of_the_noisy_answers_on_the_scale(known, gaps):
    for item, gap in zip(MEASURES, gaps, strict=False):
        for sex, share, n in (("K", gap.women, gap.n_women), ("M", gap.men, gap.n_men)):
            good, scale = on_scale(known, sex, item)
            assert (share, n) == (pytest.approx(good / scale), scale)


def test_do_not_know_and_no_answer_move_no_share(sample, gaps):
    silent = sample.assign(answer=sample["answer"].mask(sample["answer"] == "vet inte"))
    again = user_satisfaction.gaps(published(silent))
    assert [*again.of(group="all")][:7] == [*gaps][:7]


def test_an_answer_off_its_scale_is_refused():
    with pytest.raises(DataProblem, match="svar utanför frågans skala"):
        survey(answers({"ja": 3}, {}))


def test_the_headline_comes_first_and_the_items_in_order(gaps):
    frame = gaps.to_frame()
    everyone = frame[frame["group"] == "all"]["measure"].tolist()
    measures = (MEASURES, WITHIN_YEARS, BETTER_ANSWER)
    assert everyone == [own[item].code for own in measures for item in MEASURES]
    assert frame["headline"].tolist() == [True] + [False] * (len(gaps) - 1)
    assert frame["group"][7:11].tolist() == [f"year: {year}" for year in range(2022, 2026)]


def test_the_headline_alone_is_judged_and_says_how_many_more_it_takes(gaps):
    assert [gap.verdict for gap in gaps] == [Verdict.NOT_ESTABLISHED] + [None] * (len(gaps) - 1)
    assert gaps.headline.more_women > 0
    assert gaps.headline.more_men > gaps.headline.more_women


def test_p_values_are_holms_and_agree_with_the_intervals(known, gaps):
    """Holm by hand: the smallest times six, the next times five, and never falling."""
    six, alone = gaps[1:7], [p_alone(known, item) for item in [*MEASURES][1:]]
    for gap, p_value in zip(six, alone, strict=True):
        assert (p_value < 0.05) == (gap.low > 0 or gap.high < 0)
    order = np.argsort(alone)
    by_hand = np.maximum.accumulate(np.sort(alone) * [6, 5, 4, 3, 2, 1]).clip(max=1)
    assert [six[place].p_value for place in order] == pytest.approx(by_hand)
    assert np.isnan(gaps.headline.p_value)


def p_alone(known, item):
    (women, all_women), (men, all_men) = (on_scale(known, sex, item) for sex in "KM")
    sizes, noise = (women, all_women, men, all_men), known.rules.noise
    return multiplicity.p_value(lambda level: proportions.gap(*sizes, level=level, noise=noise))


def on_scale(known, sex, item):
    """Positive answers, and answers on the scale."""
    good, bad = (
        known.cell("replies", sex=sex, item=item, reply=reply)
        for reply in ("positive", "not positive")
    )
    return good, good + bad


def test_women_and_men_are_not_swapped():
    content, not_content = {GOOD: 300, BAD: 50}, {FAIR: 100, POOR: 250}
    gaps = user_satisfaction.gaps(published(answers(content, not_content)))
    headline, odds = gaps.headline, gaps.of(measure=BETTER_ANSWER[WHOLE].code)[0]
    assert headline.verdict is Verdict.ESTABLISHED
    assert headline.estimate == pytest.approx(200 / 350, abs=0.03)
    assert odds.low > 1
    assert odds.contrast == "ratio"
    assert "nöjdare" in headline.measure.more


def test_the_odds_ratio_is_that_of_the_model_on_rows():
    given = {GOOD: 120, FAIR: 150, POOR: 90, BAD: 40}, {GOOD: 200, FAIR: 160, POOR: 80, BAD: 50}
    cases = answers(*given)
    ranks = cases["answer"].map([BAD, POOR, FAIR, GOOD].index)
    model = OrderedModel(ranks, (cases["sex"] == "K").astype(float), distr="logit")
    exact = model.fit(method="bfgs", disp=False)
    [odds] = user_satisfaction.gaps(published(cases)).of(measure=BETTER_ANSWER[WHOLE].code)
    assert odds.estimate == pytest.approx(np.exp(exact.params.iloc[0]), rel=0.1)
    low, high = np.exp(exact.conf_int().iloc[0])
    assert odds.high / odds.low == pytest.approx(high / low, rel=0.1)


def test_within_years_a_change_for_all_is_not_taken_for_a_gap():
    """All became more content, and women answered later: the gap is one of years alone."""
    cases = pd.concat(
        [
            answers({GOOD: 30, BAD: 70}, {GOOD: 120, BAD: 280}, year=2024),
            answers({GOOD: 320, BAD: 80}, {GOOD: 80, BAD: 20}, year=2025),
        ]
    )
    gaps = user_satisfaction.gaps(published(cases, "year"))
    [within] = gaps.of(measure=WITHIN_YEARS[WHOLE].code)
    assert gaps.headline.low > 0.2
    assert within.low < 0 < within.high
    assert within.estimate == pytest.approx(0, abs=0.04)


MORE, LESS = {GOOD: 80, BAD: 20}, {GOOD: 20, BAD: 80}


@pytest.mark.parametrize(("later", "has_changed"), [((LESS, MORE), True), ((MORE, LESS), False)])
def test_a_gap_that_turns_is_found_and_one_that_stays_is_not(later, has_changed):
    cases = pd.concat([answers(MORE, LESS), answers(*later, year=2025)])
    gaps = user_satisfaction.gaps(published(cases, "year"))
    test = gaps.interaction(MEASURES[WHOLE].code, "year")
    assert (test.p_value < 0.001) == has_changed


def with_women(known, positive, not_positive):
    """The same, but for the women's noisy answers to the headline item."""
    replies, said = (
        known.tables["replies"].copy(),
        {"positive": positive, "not positive": not_positive},
    )
    for reply, n in said.items():
        own = (replies["sex"] == "K") & (replies["item"] == WHOLE) & (replies["reply"] == reply)
        replies.loc[own & (replies["grouping"] == "all"), "n"] = n
    return replace(known, tables={**known.tables, "replies": replies})


def test_from_ten_answers_on_a_share_is_given():
    known = published(answers({GOOD: 40}, {GOOD: 40, BAD: 10}))
    ten, nine = (user_satisfaction.gaps(with_women(known, n, 4)).headline for n in (6, 5))
    assert (ten.n_women, ten.women) == (10, 0.6)
    assert nine.verdict is Verdict.TOO_FEW
    assert not nine.is_known


def test_an_item_alone_can_be_too_few_and_the_others_are_tested_without_it(sample):
    few = (sample["item"] == INFLUENCE) & (sample["sex"] == "K") & (sample["year"] != 2023)
    known = published(sample.assign(answer=sample["answer"].mask(few, "vet inte")))
    gaps = user_satisfaction.gaps(known)
    assert [gap.is_known for gap in gaps[:7]] == [item != INFLUENCE for item in MEASURES]
    tested = [gap.p_value for gap in gaps[2:7]]
    least = min(p_alone(known, item) for item in [*MEASURES][2:])
    assert min(tested) == pytest.approx(5 * least)


def test_the_last_years_end_is_the_day_and_later_years_are_left_out(sample):
    assert user_satisfaction.tally(survey(sample)).as_of == date(2025, 12, 31)
    earlier = user_satisfaction.tally(survey(sample), as_of="2023-12-31")
    assert earlier.as_of == date(2023, 12, 31)
    by_hand = sample[sample["year"] <= 2023].drop_duplicates("response_id")["sex"].value_counts()
    people = earlier.true_counts()["people"].set_index("sex")["n"]
    assert (people["K"], people["M"]) == (by_hand["K"], by_hand["M"])
    assert true_counts(CASES, "people", as_of=date(2024, 12, 31))[-1] == ("all", "total", 4)


WRONG = {
    "a text": ({"by": "sex"}, "ska vara en lista"),
    "no sex": ({"by": ["year"]}, 'måste ha med "sex"'),
    "unknown": ({"by": ["sex", "age"]}, "age finns inte"),
    "of answers": ({"by": ["sex", "item"]}, "beskriva den som svarat"),
    "no day": ({"as_of": "hösten"}, "ska vara en dag"),
}


@pytest.mark.parametrize(("wrong", "told"), WRONG.values(), ids=WRONG)
def test_wrong_use_is_told_in_swedish(wrong, told):
    with pytest.raises(UsageProblem, match=told):
        user_satisfaction.tally(survey(CASES), **wrong)


def test_gaps_takes_only_what_protect_gives():
    with pytest.raises(UsageProblem, match=r"gaps\(protect\(tally"):
        user_satisfaction.gaps(user_satisfaction.tally(survey(CASES)))


def test_any_column_of_the_respondents_gives_its_groups():
    cases = survey(answers({GOOD: 60, BAD: 30}, {GOOD: 70, BAD: 30}))
    parted = cases.mutate(is_even=cases.table.response_id.endswith("0"))
    gaps = user_satisfaction.gaps(
        user_satisfaction.protect(user_satisfaction.tally(parted, ["sex", "is_even"]))
    )
    found = gaps.of(group="is_even")
    assert [str(gap.group) for gap in found] == ["is_even: False", "is_even: True"]
    assert {gap.measure.code for gap in found} == {MEASURES[WHOLE].code}
    assert not gaps.of(measure=WITHIN_YEARS[WHOLE].code)


@pytest.mark.parametrize(("women", "men"), [(1, 1), (8, 15), (15, 60)])
def test_small_towns_are_told_by_sex_alone(women, men):
    gaps = user_satisfaction.answer(town(women, men, seed=3)["survey"], AS_OF)
    assert {gap.group for gap in gaps} == {EVERYONE}
    assert len(gaps) == 14
    assert gaps.published.left_out == ("year",)


def test_what_is_listed_is_what_an_analyst_uses():
    assert dir(user_satisfaction) == ["answer", "gaps", "protect", "tally"]
