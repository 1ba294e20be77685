"""Case rows of one source: they stay in the engine, and are shown to nobody but the analyst."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd
from ibis.expr.types import Table

_FIRST_ROWS = 10


@dataclass(frozen=True, repr=False, eq=False)
class Cases:
    """A case table, and the tables that its rows refer to.

    Attributes
    ----------
    name : str
        The table's name: ``"queue"``.
    table : ibis.Table
        Its rows of women and men, in the engine.
    linked : mapping of str to ibis.Table
        The tables its rows refer to, by name: for ``"extensions"`` the placements.
    is_sample : bool
        Whether all of them are the invented sample's own files, by their checksums.
    apart : mapping of str to ibis.Table
        By name of the table, the rows of those whose sex is X: they are in none of the others.
    """

    name: str
    table: Table
    linked: Mapping[str, Table]
    is_sample: bool
    apart: Mapping[str, Table] = field(default_factory=dict)

    def mutate(self, **columns: Any) -> "Cases":  # noqa: ANN401 - whatever ibis takes
        """Add columns to group by, as in ibis: ``cases.mutate(year=_.decided_on.year())``."""
        return replace(self, table=self.table.mutate(**columns))

    def to_pandas(self) -> pd.DataFrame:
        """Give every row, for the analyst's own eyes: the gate refuses such an output."""
        return pd.DataFrame(self.table.to_pandas())

    def __repr__(self) -> str:
        linked = f", with {', '.join(self.linked)}" if self.linked else ""
        return f"Cases: {self.name}{linked} ({', '.join(self.table.columns)})"

    def _repr_html_(self) -> str:
        """Show the first rows in JupyterLab, for the analyst's own eyes."""
        return str(self.table.limit(_FIRST_ROWS).to_pandas().to_html())
