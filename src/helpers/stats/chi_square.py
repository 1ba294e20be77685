"""A test statistic with a chi-square law, by name."""

from dataclasses import dataclass
from math import nan

from scipy.special import chdtrc


@dataclass(frozen=True)
class ChiSquare:
    """What a chi-square test found.

    Attributes
    ----------
    method : str
        The test's name: ``"Cochran's Q"``.
    statistic : float
        The larger, the worse the data fit what is tested.
    df : int
        Degrees of freedom; 0 where there was nothing to compare.
    """

    method: str
    statistic: float
    df: int

    @property
    def p_value(self) -> float:
        """Chance of so large a statistic, were it so; NaN where nothing was compared."""
        return float(chdtrc(self.df, self.statistic)) if self.df else nan
