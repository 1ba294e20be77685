"""Answers are counted right wherever they lie, and the gaps say what other programs say."""

import duckdb
import ibis
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.miscmodels.ordinal_model import OrderedModel
from statsmodels.stats.proportion import confint_proportions_2indep, power_proportions_2indep
from survey_cases import answers, safe, survey

from helpers.data.codes import SURVEY_ITEMS
from helpers.disclosure import TOTAL, Hidden, Rules
from helpers.disclosure.attack import attack
from helpers.disclosure.told import facts
from helpers.paths import SAMPLE
from helpers.questions import user_satisfaction as question
from helpers.questions.gap import Verdict

WHOLE, INFLUENCE = question.WHOLE, question.INFLUENCE
COLUMNS = ["response_id", "year", "sex", "item", "answer"]
CASES = pd.DataFrame(
    [
        ("a", 2024, "K", WHOLE, "mycket nöjd"),
        ("a", 2024, "K", INFLUENCE, "vet inte"),
        ("b", 2024, "K", WHOLE, "mycket nöjd"),
        ("b", 2024, "K", INFLUENCE, None),
        ("c", 2025, "K", WHOLE, "ganska missnöjd"),
        ("d", 2024, "M", WHOLE, None),
        ("e", 2024, "M", WHOLE, None),
    ],
    columns=COLUMNS,
)
COUNTED = [
    (INFLUENCE, "K", 2024, "inget svar", 1),
    (INFLUENCE, "K", 2024, "vet inte", 1),
    (WHOLE, "K", 2024, "mycket nöjd", 2),
    (WHOLE, "K", 2025, "ganska missnöjd", 1),
    (WHOLE, "M", 2024, "inget svar", 2),
]


@pytest.fixture(scope="module")
def sample():
    return pd.read_csv(SAMPLE / "survey.csv")


@pytest.fixture(scope="module")
def counts(sample):
    return safe(sample)


@pytest.fixture(scope="module")
def gaps(counts):
    return dict(zip(question.MEASURES, question.gap(counts), strict=True))


def rows(table):
    return list(table.itertuples(index=False, name=None))


def is_positive(cases):
    """True, False, or missing where the answer is not on its item's scale."""
    scales = {
        (item, answer): side == "positive"
        for item, scale in SURVEY_ITEMS.items()
        for side in ("positive", "negative")
        for answer in getattr(scale, side)
    }
    keys = zip(cases["item"], cases["answer"], strict=True)
    return pd.Series([scales.get(key) for key in keys], index=cases.index, dtype="boolean")


def positive_of(cases, **chosen):
    """Positive answers, of how many on the scale."""
    own = cases[(cases[list(chosen)] == pd.Series(chosen)).all(axis=1)]
    found = is_positive(own).dropna()
    return int(found.sum()), len(found)


def test_a_small_table_counted_by_hand():
    tallied = question.tally(survey(CASES))
    assert list(tallied) == ["item", "sex", "year", "answer", "n"]
    assert rows(tallied) == COUNTED
    assert tallied["n"].dtype == np.int64


@pytest.fixture(params=["csv", "parquet", "database"])
def elsewhere(request, tmp_path):
    """The hand-made answers in a file or a database."""
    path, engine = tmp_path / f"survey.{request.param}", ibis.duckdb.connect()
    if request.param == "csv":
        CASES.to_csv(path, index=False)
        return engine.read_csv(path)
    if request.param == "parquet":
        survey(CASES).to_parquet(path)
        return engine.read_parquet(path)
    frame = CASES
    with duckdb.connect(path) as database:
        database.execute("CREATE TABLE survey AS SELECT * FROM frame")
    assert len(frame)
    return ibis.duckdb.connect(path).table("survey")


def test_the_same_expression_gives_the_same_counts_anywhere(elsewhere):
    pd.testing.assert_frame_equal(question.tally(elsewhere), question.tally(survey(CASES)))


def test_only_counts_leave_the_engine(monkeypatch):
    left = []
    to_pandas = ibis.Table.to_pandas

    def watched(table, **options):
        left.append((ibis.to_sql(table), to_pandas(table, **options)))
        return left[-1][1]

    monkeypatch.setattr(ibis.Table, "to_pandas", watched)
    question.tally(survey(pd.concat([CASES] * 50, ignore_index=True)))
    [(sql, found)] = left
    assert "COUNT(*)" in sql
    assert [n for *_, n in rows(found)] == [50 * n for *_, n in COUNTED]


def given_answer(item):
    return st.tuples(
        st.just(item), st.sampled_from("KM"), st.integers(2022, 2025),
        st.sampled_from([*SURVEY_ITEMS[item].answers, None]),
    )  # fmt: skip


many = st.lists(st.sampled_from(list(SURVEY_ITEMS)).flatmap(given_answer), min_size=1, max_size=60)


def frame(drawn):
    known = [
        (f"r{n}", year, sex, item, answer) for n, (item, sex, year, answer) in enumerate(drawn)
    ]
    return pd.DataFrame(known, columns=COLUMNS)


@settings(max_examples=10, deadline=None)
@given(many, st.randoms(use_true_random=False))
def test_every_answer_is_counted_once_in_any_order(drawn, random):
    tallied = question.tally(survey(frame(drawn)))
    assert tallied["n"].sum() == len(drawn)
    shuffled = question.tally(survey(frame(random.sample(drawn, len(drawn)))))
    pd.testing.assert_frame_equal(tallied, shuffled)


def numbers(table):
    return [n for n in table["n"] if not isinstance(n, Hidden)]


@settings(max_examples=8, deadline=None)
@given(many, st.integers(1, 9))
def test_no_small_count_is_shown_whatever_the_answers(drawn, times):
    counts = safe(pd.concat([frame(drawn)] * times, ignore_index=True))
    for table in (counts.replies, counts.by_period, counts.by_step):
        assert not {1, 2, 3, 4} & {*numbers(table)}
    for finer in (counts.by_period, counts.by_step):
        assert len(numbers(finer)) == len(finer)


def leaks(counts):
    return attack([fact for told in counts.everything_told() for fact in facts(told)], counts.rules)


CONTACT, INFORMATION = "U35538", "U35539"


def test_what_one_item_hides_no_other_shows():
    """Six women and eight men: each item hides something else, but not how many they are."""
    contact = answers(
        {"mycket lätt": 1, "ganska lätt": 2, "ganska svårt": 2, None: 1},
        {"mycket lätt": 1, "ganska lätt": 3, "ganska svårt": 1, "mycket svårt": 2, None: 1},
        CONTACT,
    )
    information = answers(
        {"mycket lätt": 2, "ganska lätt": 3, "ganska svårt": 1},
        {"mycket lätt": 4, "ganska svårt": 1, "mycket svårt": 3},
        INFORMATION,
    )
    counts = safe(pd.concat([contact, information]))
    assert leaks(counts) == []
    sums = counts.replies[counts.replies["reply"] == TOTAL].pivot(
        index="sex", columns="item", values="n"
    )
    assert sums[CONTACT].tolist() == sums[INFORMATION].tolist()


@st.composite
def small_surveys(draw, most_lacking=0):
    """A few responses to some of the items in some years, each item perhaps without some rows."""
    numbers = np.random.default_rng(draw(st.integers(0, 10_000)))
    items = draw(st.lists(st.sampled_from([*SURVEY_ITEMS]), min_size=2, max_size=3, unique=True))
    sizes = draw(st.lists(st.tuples(*[st.integers(4, 15)] * 2), min_size=1, max_size=2))
    return pd.concat(
        responses(item, sex, year, n - numbers.integers(0, most_lacking + 1), numbers)
        for year, of_sexes in enumerate(sizes, start=2024)
        for sex, n in zip("KM", of_sexes, strict=True)
        for item in items
    )


def responses(item, sex, year, n, numbers):
    """Answers at random, few of them off the scale."""
    scale = SURVEY_ITEMS[item].answers
    shares = numbers.dirichlet([1.5] * (len(scale) - 1) + [0.3, 0.3])
    given = dict(zip([*scale, None], numbers.multinomial(n, shares), strict=True))
    women, men = (given, {}) if sex == "K" else ({}, given)
    return answers(women, men, item, year)


@settings(max_examples=12, deadline=None)
@given(small_surveys())
def test_a_small_survey_gives_nothing_away(cases):
    assert leaks(safe(cases)) == []


@settings(max_examples=6, deadline=None)
@given(small_surveys(most_lacking=3))
def test_nor_does_one_where_items_lack_rows(cases):
    assert leaks(safe(cases)) == []


@settings(max_examples=6, deadline=None)
@given(small_surveys())
def test_nor_does_one_whose_counts_are_rounded(cases):
    tallied = question.tally(survey(cases))
    assert leaks(question.protect(tallied, Rules(rounding_base=3))) == []


def test_a_reply_that_nobody_gave_is_told_as_none():
    counts = safe(answers({"mycket nöjd": 9}, {"mycket nöjd": 9}))
    none = counts.replies[~counts.replies["reply"].isin(["positivt", TOTAL])]
    assert none["reply"].nunique() == 3
    assert {*none["n"]} == {0}


def test_the_published_percentages_are_in_the_sample(sample):
    year = {"year": 2023}
    for item, women, men, total in ((INFLUENCE, 86, 100, 95), (WHOLE, 57, 92, 79)):
        found = [
            positive_of(sample, **year, item=item, **sex)
            for sex in ({"sex": "K"}, {"sex": "M"}, {})
        ]
        assert [round(100 * good / n) for good, n in found] == [women, men, total]
        assert [n for _, n in found] == [7, 12, 19]


def test_shares_are_of_those_on_the_scale(sample, gaps):
    for item, gap in gaps.items():
        for sex, share, n in (("K", gap.women, gap.n_women), ("M", gap.men, gap.n_men)):
            good, scale = positive_of(sample, item=item, sex=sex)
            assert n == scale
            assert share == pytest.approx(good / scale)


def test_do_not_know_and_no_answer_move_no_share(sample, gaps):
    silent = sample.assign(answer=sample["answer"].where(sample["answer"] != "vet inte"))
    assert question.gap(safe(silent)) == list(gaps.values())


def test_intervals_are_newcombes_at_the_levels_of_holm(sample, gaps):
    """Holm by hand: the widest level of those left, as long as it finds any."""
    left, levels = {*gaps}, {}
    while True:
        alpha = 0.05 / len(left)
        levels |= dict.fromkeys(left, alpha)
        found = {item for item in left if newcombe(sample, item, alpha)[0] > 0}
        found |= {item for item in left if newcombe(sample, item, alpha)[1] < 0}
        if not found:
            break
        left -= found
    for item, gap in gaps.items():
        assert (gap.low, gap.high) == pytest.approx(newcombe(sample, item, levels[item]))
    assert {i for i, g in gaps.items() if g.verdict is Verdict.ESTABLISHED} == {*gaps} - left


def newcombe(cases, item, alpha):
    sexes = [positive_of(cases, item=item, sex=sex) for sex in "KM"]
    return confint_proportions_2indep(*sexes[0], *sexes[1], method="newcomb", alpha=alpha)


def test_verdict_and_interval_agree(gaps):
    for gap in gaps.values():
        assert (gap.verdict is Verdict.ESTABLISHED) == (gap.low > 0 or gap.high < 0)
    assert {gap.verdict for gap in gaps.values()} == {*Verdict} - {Verdict.TOO_FEW}


def test_women_and_men_are_not_swapped():
    content, not_content = (
        {"mycket nöjd": 60, "mycket missnöjd": 10},
        {"ganska nöjd": 20, "ganska missnöjd": 50},
    )
    [headline, *_] = question.gap(safe(answers(content, not_content)))
    assert headline.verdict is Verdict.ESTABLISHED
    assert headline.estimate == pytest.approx(40 / 70)
    scale = question.whole_scale(safe(answers(content, not_content)))
    assert scale["odds_ratio"].iloc[0] > 1


FEW = {
    "nobody": lambda cases: cases.head(0),
    "men alone": lambda cases: cases[cases["sex"] == "M"],
    "the small year": lambda cases: cases[cases["year"] == 2023],
    "no answers": lambda cases: cases.assign(answer=pd.Series(index=cases.index, dtype=object)),
}


@pytest.mark.parametrize("change", FEW.values(), ids=FEW)
def test_where_few_answer_nothing_is_judged_and_nothing_fails(sample, change):
    counts = safe(change(sample))
    gaps = question.gap(counts)
    assert [gap.headline for gap in gaps] == [True] + 6 * [False]
    assert {gap.verdict for gap in gaps} == {Verdict.TOO_FEW}
    tables = (
        question.levels,
        question.by_period,
        question.changes,
        question.whole_scale,
        question.needed,
    )
    assert all(table(counts).empty for table in tables)


def test_an_item_alone_can_be_too_few(sample):
    few_women = (sample["item"] == INFLUENCE) & (sample["sex"] == "K") & (sample["year"] != 2023)
    gaps = question.gap(safe(sample.assign(answer=sample["answer"].mask(few_women, "vet inte"))))
    assert [gap.verdict is Verdict.TOO_FEW for gap in gaps] == [
        i == INFLUENCE for i in question.MEASURES
    ]


def test_a_small_year_is_never_alone(counts):
    assert question.by_period(counts)["n"].min() >= 10


def test_years_are_put_together_until_nobody_s_silence_shows(counts, sample):
    """In shorter periods, what women answered other items says who gave this one no answer."""
    assert leaks(counts) == []
    assert len(counts.periods) == 2
    assert len(safe(sample[sample["item"] == WHOLE]).periods) == 3


def in_years(*sizes):
    """Answers in years from 2020, so many of each kind by each sex."""
    kinds = [dict.fromkeys(["mycket nöjd", "mycket missnöjd"], n) for n in sizes]
    return pd.concat(answers(n, n, year=year) for year, n in enumerate(kinds, start=2020))


@pytest.mark.parametrize(
    ("sizes", "periods"),
    [
        ((9, 9, 9), ["2020", "2021", "2022"]),
        ((3, 9, 9), ["2020–2021", "2022"]),
        ((9, 3, 9), ["2020", "2021–2022"]),
        ((9, 9, 3), ["2020", "2021–2022"]),
        ((3, 3, 3, 3), ["2020–2021", "2022–2023"]),
        ((3, 3, 3), ["2020–2022"]),
        ((9,), ["2020"]),
    ],
)
def test_years_are_put_together_until_all_may_be_shown(sizes, periods):
    assert safe(in_years(*sizes)).periods == periods


def test_periods_add_up_to_all_years(counts):
    by_period, pooled = question.by_period(counts), question.levels(counts)
    summed = by_period.assign(good=by_period["share"] * by_period["n"])
    summed = summed.groupby(["item", "sex"], sort=False)[["n", "good"]].sum().reset_index()
    assert summed["n"].tolist() == pooled["n"].tolist()
    assert summed["good"].tolist() == pytest.approx((pooled["share"] * pooled["n"]).tolist())


def test_a_gap_that_turns_is_found_and_one_that_stays_is_not():
    good, bad = (
        {"mycket nöjd": 40, "mycket missnöjd": 10},
        {"mycket nöjd": 10, "mycket missnöjd": 40},
    )
    turned = pd.concat([answers(good, bad), answers(bad, good, year=2025)])
    stayed = pd.concat([answers(good, bad), answers(good, bad, year=2025)])
    assert question.changes(safe(turned))["p_value"].iloc[0] < 0.001
    found = question.changes(safe(stayed)).iloc[0]
    assert found["p_value"] == pytest.approx(1)
    assert found["gap"] == pytest.approx(0.6)


def test_one_period_has_no_change_to_test(sample):
    assert question.changes(safe(sample[sample["year"] == 2024])).empty


def test_the_odds_ratio_is_that_of_the_model_on_rows(sample, counts):
    scale = SURVEY_ITEMS[WHOLE]
    own = sample[(sample["item"] == WHOLE) & is_positive(sample).notna()]
    ranks = [*scale.positive, *scale.negative][::-1]
    model = OrderedModel(
        own["answer"].map(ranks.index), (own["sex"] == "K").astype(float), distr="logit"
    )
    fitted = model.fit(method="bfgs", disp=False)
    found = question.whole_scale(counts).set_index("item").loc[WHOLE]
    assert found["odds_ratio"] == pytest.approx(np.exp(fitted.params.iloc[0]), rel=1e-3)
    assert found["steps"] == len(ranks)


def test_small_steps_join_a_neighbour_on_their_own_side(sample, counts):
    steps = question.whole_scale(counts).set_index("item")["steps"]
    assert steps["U35541"] == 2
    assert steps["U35544"] == 4  # "försämrats lite" joins "försämrats mycket"
    women = counts.by_step.query("item == 'U35544' and sex == 'K'")
    women = women[women["step"] != TOTAL]
    improved = women.loc[women["step"] > 2, "n"].sum()
    assert (improved, women["n"].sum()) == positive_of(sample, item="U35544", sex="K")


def test_needed_answers_give_the_power_asked_for(counts, gaps):
    needed = question.needed(counts).set_index("item")
    row, gap = needed.loc[WHOLE], gaps[WHOLE]
    power = power_proportions_2indep(
        gap.estimate, gap.men, row["seen_women"], ratio=gap.n_men / gap.n_women, alpha=0.05 / 7
    ).power
    assert power == pytest.approx(0.8, abs=0.01)
    assert (needed["seen_women"] > 0).all()
    widest = max(gaps, key=lambda item: abs(gaps[item].estimate))
    assert needed["seen_women"].idxmin() == widest


def test_the_front_page_gets_the_headline_first_and_four_at_most(gaps):
    shown = question.foremost([*gaps.values()])
    assert shown[0].headline
    assert 2 <= len(shown) <= 4
    assert gaps[INFLUENCE] in shown
    assert all(gap.verdict is Verdict.ESTABLISHED for gap in shown[2:])
