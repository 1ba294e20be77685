"""User-led audits: what was found, which thresholds give the colours, and what does not agree."""

from dataclasses import dataclass

import pandas as pd

from helpers.questions import audit_checks, audit_colours
from helpers.questions.audit_colours import Explanation
from helpers.questions.audit_published import PublishedAudit, change, protect
from helpers.questions.contradictions import disagreeing

__all__ = ["Examined", "change", "examine", "protect"]


def __dir__() -> list[str]:
    return __all__


@dataclass(frozen=True, eq=False)
class Examined:
    """All that can be said of an audit, as functions of what may be known of it.

    Attributes
    ----------
    audit : PublishedAudit
    explanations : list of Explanation
        As `helpers.questions.audit_colours.explain` gives them.
    holding : Series of bool
        As `helpers.questions.audit_colours.holding` gives it.
    one_more : DataFrame
        As `helpers.questions.audit_colours.one_more` gives it, by the first explanation.
    checks, contradictions : DataFrame
        As `helpers.questions.contradictions` gives them.
    """

    audit: PublishedAudit
    explanations: list[Explanation]
    holding: "pd.Series[bool]"
    one_more: pd.DataFrame
    checks: pd.DataFrame
    contradictions: pd.DataFrame


def examine(audit: PublishedAudit) -> Examined:
    """Find what explains an audit's colours, and what in its report does not agree."""
    found = audit_colours.explain(audit)
    made = audit_checks.checks(audit)
    return Examined(
        audit=audit,
        explanations=found,
        holding=audit_colours.holding(audit, found),
        one_more=audit_colours.one_more(audit, found),
        checks=audit_checks.by_rule(made),
        contradictions=disagreeing(made),
    )
