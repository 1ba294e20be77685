"""The municipality beside others: open figures by sex, and how sure their gaps can be.

Open figures come without numbers by sex, so each gap is given with how far rounding lets it and
its interval reach. Figures are in percent, or in their own unit; gaps are women minus men.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from helpers.data.codes import SURVEY_ITEMS
from helpers.data.peers.shape import COUNTRY, PeersProblem, Status
from helpers.data.peers.snapshots import Snapshot
from helpers.data.peers.sources import POPULATION, RESPONDENTS, RESPONSE_RATE
from helpers.disclosure import EVERYONE, PEOPLE, Published
from helpers.questions.gap import SEXES
from helpers.questions.user_satisfaction import MEASURES, ON_SCALE, POSITIVE, WHOLE, YEAR
from helpers.stats import rates, shrinkage
from helpers.stats.estimate import Estimate, difference
from helpers.stats.published import Percentages
from helpers.stats.rounded import Behind, behind

__all__ = ["Compared", "Counted", "compare", "funnel", "per_inhabitants", "pooled", "survey_beside"]

ITEMS = tuple(MEASURES)
"""The survey's items, in the order they are shown."""
_UNSURE = 0.25
"""How far a number of women that is worked out may reach, as a part of itself, and be used."""
_GAP = ["gap_low", "gap_high", "low", "high"]


def __dir__() -> list[str]:
    return __all__


@dataclass(frozen=True, eq=False)
class Compared:
    """Everything that is compared.

    Attributes
    ----------
    figures : DataFrame
        One row a kpi × place × year: kpi, place, place_code, kind (own, similar, group, country),
        year, women, men, total, women_status, men_status; gap; people, who answered; women_low
        and women_high, how many of them can be women; gap_low, gap_high, low and high, how far
        the gap and its 95 % interval reach; established, missing where that cannot be said.
    peers : Snapshot
        What it was made from.
    own : str
        The municipality's name.
    year : int
        The last year in which it has a figure on the survey.
    """

    figures: pd.DataFrame
    peers: Snapshot
    own: str
    year: int

    def of(self, kpi: str, kind: str | None = None, year: int | None = None) -> pd.DataFrame:
        """Select one figure's rows, of the last year unless another is named."""
        rows = self.figures
        kept = (rows["kpi"] == kpi) & (rows["year"] == (year or self.year))
        return rows[kept & (rows["kind"] == kind)] if kind else rows[kept]


def compare(peers: Snapshot) -> Compared:
    """Put women's figures beside men's, and find how sure each gap can be.

    Parameters
    ----------
    peers : Snapshot
        As `helpers.read_peers` gives it. The first place in it is the municipality's own.

    Returns
    -------
    Compared

    Raises
    ------
    PeersProblem
        If it lacks the survey's key figures.
    """
    if not {*ITEMS} <= {*peers.rows["kpi"]}:
        raise PeersProblem(
            "Det som hämtats saknar brukarundersökningens nyckeltal. Kör likavard peers fetch utan "
            "--kpi."
        )
    wide = _by_sex(peers.rows)
    reaches = [_reaches(rows) for _, rows in wide.groupby(["place_code", "year"])]
    places = {place: number for number, place in enumerate(peers.rows["place_code"].unique())}
    figures = pd.concat(reaches).sort_values(
        ["kpi", "place_code", "year"], key=lambda column: column.replace(places), ignore_index=True
    )
    own = next(iter(places))
    figures.insert(3, "kind", [_kind(place, own) for place in figures["place_code"]])
    known = figures[(figures["place_code"] == own) & figures["kpi"].isin(ITEMS)]
    year = known.loc[known["gap"].notna(), "year"].max()
    last = figures["year"].max() if pd.isna(year) else year
    return Compared(figures, peers, figures["place"].iloc[0], int(last))


def _by_sex(rows: pd.DataFrame) -> pd.DataFrame:
    """Lay out Kolada's figures; places elsewhere may have the same codes, and other names."""
    kept = rows[(rows["source"] == "kolada") & (rows["kpi"] != RESPONSE_RATE)]
    values = _wide(kept, "value").astype(float)
    wide = values.join(_wide(kept, "status").add_suffix("_status"))
    return wide.assign(gap=wide["women"] - wide["men"]).reset_index()


def _wide(rows: pd.DataFrame, column: str) -> pd.DataFrame:
    keys = ["kpi", "place", "place_code", "year"]
    wide = rows.pivot(index=keys, columns="sex", values=column)
    return wide.rename(columns={"K": "women", "M": "men", "T": "total"}).rename_axis(columns=None)


def _reaches(rows: pd.DataFrame) -> pd.DataFrame:
    """Add how far the gaps of one place and year may reach; those of a mean of places may not."""
    survey = rows[rows["kpi"] == RESPONDENTS]
    rows = rows[rows["kpi"] != RESPONDENTS]
    is_counted = len(survey) > 0 and _kind(str(rows["place_code"].iloc[0])) == "similar"
    people, women = survey[["total", "women"]].iloc[0] if is_counted else (np.nan, np.nan)
    found = _behind(rows, people, women)
    women_low, women_high = found.first or (np.nan, np.nan)
    reach = pd.DataFrame(
        [found.reaches.get(kpi, (np.nan,) * 4) for kpi in rows["kpi"]], rows.index, _GAP
    )
    rows = rows.join(100 * reach).assign(people=people, women_low=women_low, women_high=women_high)
    rows["people"] = rows["people"].where(rows["kpi"].isin(SURVEY_ITEMS))
    sure = (rows["low"] > 0) | (rows["high"] < 0)
    return rows.assign(established=sure.astype("boolean").mask(rows["low"].isna()))


def _behind(rows: pd.DataFrame, people: float, first: float) -> Behind:
    asked = rows[rows["kpi"].isin(SURVEY_ITEMS) & rows["gap"].notna()]
    if np.isnan(people):
        return Behind((), {})
    shares = asked[["women", "men", "total"]].to_numpy(float).tolist()
    items = {
        str(kpi): Percentages(women, men, None if np.isnan(total) else total)
        for kpi, (women, men, total) in zip(asked["kpi"], shares, strict=True)
    }
    return behind(items, int(people), first=None if np.isnan(first) else int(first))


def _kind(place: str, own: str | None = None) -> str:
    if place == own:
        return "own"
    if place == COUNTRY:
        return "country"
    return "group" if place.startswith("G") else "similar"


def _counted(compared: Compared, kpi: str) -> pd.DataFrame:
    """Give the municipalities whose number of women is known well enough, with counts of each sex.

    The counts are worked out from percentages, and are as uncertain as the rounding makes them.
    """
    rows = compared.of(kpi)
    rows = rows[rows["low"].notna()]
    women = ((rows["women_low"] + rows["women_high"]) / 2).round()
    rows = rows.assign(n_women=women, n_men=rows["people"] - women)
    rows = rows[(rows["women_high"] - rows["women_low"]) <= 2 * _UNSURE * women]
    for sex in ("women", "men"):
        rows[f"count_{sex}"] = (rows[sex] * rows[f"n_{sex}"] / 100).round()
    return rows


def funnel(compared: Compared, kpi: str = WHOLE) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Place each municipality's gap by how many answered, and find what chance alone allows.

    Returns
    -------
    tuple of DataFrame
        The municipalities: place, kind, people, gap; low and high, what chance allows of so many.
        And for numbers of answers: people, middle (all municipalities' gap), low and high, between
        which 95 % of gaps would lie if all municipalities had the middle one and the same share of
        women among those who answer.

    References
    ----------
    Spiegelhalter DJ (2005). Funnel plots for comparing institutional performance.
    Statistics in Medicine 24, 1185-1202.
    """
    rows = _counted(compared, kpi)
    places = rows[["place", "kind", "people", "gap"]].reset_index(drop=True)
    along = np.linspace(rows["people"].min(), rows["people"].max(), 60 if len(rows) else 0)
    allowed = _by_chance(rows, places["people"].to_numpy(float))
    return places.join(allowed[["low", "high"]]), _by_chance(rows, along)


def _by_chance(rows: pd.DataFrame, people: npt.NDArray[np.float64]) -> pd.DataFrame:
    """Find within which limits chance alone keeps the gaps of so many people."""
    sums = rows[["count_women", "n_women", "count_men", "n_men"]].sum()
    women, men = sums["count_women"] / sums["n_women"], sums["count_men"] / sums["n_men"]
    part = sums["n_women"] / (sums["n_women"] + sums["n_men"])
    spread = np.sqrt((women * (1 - women) / part + men * (1 - men) / (1 - part)) / people)
    middle = women - men
    limits = {"low": middle - 1.96 * spread, "middle": middle, "high": middle + 1.96 * spread}
    return pd.DataFrame({"people": people, **{name: 100 * at for name, at in limits.items()}})


def pooled(compared: Compared, kpi: str = WHOLE) -> pd.DataFrame:
    """Draw each municipality's gap towards the others', the more the fewer answers it rests on.

    Women's shares are drawn towards women's, men's towards men's (empirical Bayes).

    Returns
    -------
    DataFrame
        place, kind, people, gap, drawn, low, high (95 %); in percentage points.
    """
    rows = _counted(compared, kpi)
    if len(rows) < 2:
        return pd.DataFrame(columns=["place", "kind", "people", "gap", "drawn", "low", "high"])
    women, men = (_drawn(rows, sex) for sex in ("women", "men"))
    gaps = [difference(*both) for both in zip(women, men, strict=True)]
    return rows[["place", "kind", "people", "gap"]].assign(
        drawn=[100 * gap.value for gap in gaps],
        low=[100 * gap.low for gap in gaps],
        high=[100 * gap.high for gap in gaps],
    )


def _drawn(rows: pd.DataFrame, sex: str) -> list[Estimate]:
    counts, n = (rows[f"{of}_{sex}"].astype(int).tolist() for of in ("count", "n"))
    law = shrinkage.prior(counts, n)
    return [shrinkage.drawn(*each, law) for each in zip(counts, n, strict=True)]


def survey_beside(compared: Compared, published: Published) -> pd.DataFrame:
    """Put the municipality's own survey, with noise, beside the open figures of it.

    Parameters
    ----------
    published : Published
        Of user satisfaction, by year.

    Returns
    -------
    DataFrame
        kpi, year, sex, open (percent), own, low, high (percent, 95 %), n; missing where not given.
    """
    rows = compared.figures[compared.figures["kind"] == "own"].set_index(["kpi", "year"])
    years = [group for group in published.groups() if group.grouping == YEAR]
    found = []
    for item in ITEMS:
        for group in years:
            for sex, name in zip(SEXES, ("women", "men"), strict=True):
                key = item, int(str(group.value))
                level = published.share(
                    "replies", {"reply": [POSITIVE]}, {"reply": ON_SCALE}, group,
                    sex=sex, item=item,
                )  # fmt: skip
                given = rows[name].get(key, np.nan)
                own = [100 * at for at in _limits(level and level.estimate)]
                found.append((*key, sex, given, *own, level and level.n))
    columns = ["kpi", "year", "sex", "open", "own", "low", "high", "n"]
    return pd.DataFrame(found, columns=columns)


def _limits(estimate: Estimate | None) -> tuple[float, float, float]:
    if estimate is None:
        return np.nan, np.nan, np.nan
    return estimate.value, estimate.low, estimate.high


class Counted(NamedTuple):
    """Some of a question's people: those of a cell of one of its tables."""

    published: Published
    table: str = PEOPLE
    cell: Mapping[str, object] = MappingProxyType({})

    def of(self, sex: str) -> int:
        """Look up the noisy count of women or men."""
        return self.published.cell(self.table, EVERYONE, sex=sex, **self.cell)

    @property
    def is_described(self) -> bool:
        """Whether the question has women and men enough."""
        return all(self.published.people(sex) is not None for sex in SEXES)


class PerInhabitants(NamedTuple):
    """How many of each sex per 10 000 inhabitants of it; and women's rate over men's."""

    label: str
    women: Estimate
    men: Estimate
    ratio: Estimate


def per_inhabitants(compared: Compared, counted: Mapping[str, Counted]) -> list[PerInhabitants]:
    """Set the people a question counts against the women and men who live in the municipality.

    Parameters
    ----------
    counted : mapping of str to Counted
        People of questions, by what they are: ``"Placerade"``.

    Returns
    -------
    list of PerInhabitants
        One for each question whose people may be described, if the population is known: that of the
        last year in which it is.
    """
    rows = compared.peers.rows
    is_known = (rows["kpi"] == POPULATION) & (rows["status"] == Status.OK)
    known = rows[is_known & (rows["place_code"] == rows["place_code"].iloc[0])]
    population = known[known["year"] == known["year"].max()].set_index("sex")["value"]
    if not {*SEXES} <= {*population.index}:
        return []
    each = [float(population[sex]) / 10_000 for sex in SEXES]
    return [_per(label, own, each) for label, own in counted.items() if own.is_described]


def _per(label: str, counted: Counted, inhabitants: Sequence[float]) -> PerInhabitants:
    women, men = zip(map(counted.of, SEXES), inhabitants, strict=True)
    noise = counted.published.rules.noise
    each = rates.interval(*women, noise=noise), rates.interval(*men, noise=noise)
    return PerInhabitants(label, *each, rates.ratio(*women, *men, noise=noise))
