"""A county's mapping: who has what, how much is unknown, what changed, and who could help.

Every organisation is asked, so there is no sampling error: only bounds for what is not known.
What is mapped is organisations and no people, and is shown as it is.
"""

from dataclasses import dataclass

import pandas as pd

from helpers.data.reading import Tables

__all__ = ["BANDS", "Mapped", "beside", "examine", "in_words"]


def __dir__() -> list[str]:
    return __all__


BANDS = {1.0: "alla", 0.9: "nästan alla", 0.6: "de flesta", 0.4: "ungefär hälften", 0.25: "en del"}
"""From which share, of those known, a word for how many is used; below all but none are few."""
_OWNER = "kommun"


@dataclass(frozen=True, eq=False)
class Mapped:
    """All that can be said of a mapping of municipalities.

    Attributes
    ----------
    year : int
        The last year that was mapped.
    matrix : DataFrame
        By org_id, a column an indicator_id: yes, partly, no or unknown that year; the interview
        where both were made.
    indicators : DataFrame
        By indicator_id: area, text, oj_id; yes, partly, no and unknown, numbers of organisations;
        low and high, the least and greatest share that may fulfil it; lacks, how many do not.
    sources : DataFrame
        By indicator_id: both, how many answered the survey and were interviewed the same year,
        and alike, how many of them said the same.
    changes : DataFrame
        By indicator_id: before and now, how many fulfilled it the year before and the last year;
        gained and lost. No rows where one year alone is mapped.
    helpers : DataFrame
        By indicator_id of what some lack: lacking and having, lists of org_id, the latter from
        the largest; agreements, what is agreed on it.
    """

    year: int
    matrix: pd.DataFrame
    indicators: pd.DataFrame
    sources: pd.DataFrame
    changes: pd.DataFrame
    helpers: pd.DataFrame


def examine(tables: Tables) -> Mapped:
    """Lay out the last mapping of the municipalities, and what it says.

    Parameters
    ----------
    tables : Tables
        ``organisations``, ``indicators``, ``agreements`` and ``mapping``.
    """
    owners = tables["organisations"].query("kind == @_OWNER")
    owners = owners.sort_values(["population", "org_id"], ascending=[False, True])
    indicators = tables["indicators"].set_index("indicator_id")
    mapping = tables["mapping"][tables["mapping"]["org_id"].isin(owners["org_id"])]
    years = sorted(mapping["year"].unique())
    matrices = [_matrix(mapping, year, owners["org_id"], indicators.index) for year in years]
    now = matrices[-1]
    return Mapped(
        year=int(years[-1]),
        matrix=now,
        indicators=indicators.join(_shares(now)),
        sources=_sources(mapping, indicators.index),
        changes=_changes(*matrices[-2:]) if len(years) > 1 else pd.DataFrame(),
        helpers=_helpers(now, mapping, tables["agreements"]),
    )


def _matrix(mapping: pd.DataFrame, year: int, owners: pd.Series, ids: pd.Index) -> pd.DataFrame:
    own = mapping[mapping["year"] == year].sort_values("source")  # interview before survey
    last = own.drop_duplicates(["org_id", "indicator_id"])
    laid = last.pivot(index="org_id", columns="indicator_id", values="status")
    return pd.DataFrame(laid.reindex(index=owners, columns=ids).fillna("unknown"))


def _shares(matrix: pd.DataFrame) -> pd.DataFrame:
    statuses = ["yes", "partly", "no", "unknown"]
    counts = pd.DataFrame({status: (matrix == status).sum() for status in statuses})
    low = counts["yes"] / len(matrix)
    high = (counts["yes"] + counts["unknown"]) / len(matrix)
    return counts.assign(low=low, high=high, lacks=counts["no"])


def _sources(mapping: pd.DataFrame, ids: pd.Index) -> pd.DataFrame:
    keys = ["org_id", "indicator_id", "year"]
    known = mapping[mapping["status"] != "unknown"]
    wide = known.pivot(index=keys, columns="source", values="status")
    wide = wide.reindex(columns=["survey", "interview"]).dropna()
    alike = (wide["survey"] == wide["interview"]).groupby("indicator_id")
    found = pd.DataFrame({"both": alike.size(), "alike": alike.sum()})
    return found.reindex(ids, fill_value=0)


def _changes(before: pd.DataFrame, now: pd.DataFrame) -> pd.DataFrame:
    had, has = before == "yes", now == "yes"
    return pd.DataFrame(
        {
            "before": had.sum(),
            "now": has.sum(),
            "gained": (has & (before.isin(["no", "partly"]))).sum(),
            "lost": (had & now.isin(["no", "partly"])).sum(),
        }
    )


def _helpers(matrix: pd.DataFrame, mapping: pd.DataFrame, agreements: pd.DataFrame) -> pd.DataFrame:
    what = agreements.set_index("agreement_id")["what"]
    rows = {}
    for indicator, own in matrix.items():
        used = mapping.loc[mapping["indicator_id"] == indicator, "agreement_id"].dropna().unique()
        lacking, having = [*own.index[own == "no"]], [*own.index[own == "yes"]]
        if lacking:
            rows[indicator] = (lacking, having, [*what[used]])
    columns = ["lacking", "having", "agreements"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns)


def in_words(indicators: pd.DataFrame) -> "pd.Series[str]":
    """Say how many fulfil each indicator, in the word of its band, of those that are known."""
    known = indicators["yes"] + indicators["partly"] + indicators["no"]
    shares = (indicators["yes"] / known.where(known > 0)).fillna(-1)
    return shares.map(_band)


def _band(share: float) -> str:
    if share <= 0:
        return "inga" if share == 0 else "okänt"
    return next((word for least, word in BANDS.items() if share >= least), "få")


def beside(mapped: Mapped, peers: pd.DataFrame) -> pd.DataFrame:
    """Give the open figures of the same things, newest year of each place.

    Parameters
    ----------
    peers : pandas.DataFrame
        Rows of `helpers.data.read_peers`.

    Returns
    -------
    DataFrame
        indicator_id, place, year and value; no rows where nothing of the same is fetched.
    """
    names = mapped.indicators["oj_id"].dropna().reset_index()
    totals = peers[(peers["sex"] == "T") & (peers["status"] == "ok")].sort_values("year")
    newest = totals.drop_duplicates(["kpi", "place"], keep="last")
    joined = names.merge(newest, left_on="oj_id", right_on="kpi")
    return joined[["indicator_id", "place", "year", "value"]]
