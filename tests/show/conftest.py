"""Gaps made by hand, and what the sample shows."""

from datetime import date

import pytest

from helpers import show
from helpers.questions import queue_times

AS_OF = date(2025, 12, 31)


@pytest.fixture(scope="session")
def sample_shown(sample_counts, sample_gaps):
    """Everything the notebook shows, by name."""
    return {
        "answer": show.answer(sample_gaps),
        "counted": show.counted(sample_counts, AS_OF),
        "waiting": show.waiting(sample_counts),
        "waiting, childless": show.waiting(sample_counts, "utan barn"),
        "waiting, parents": show.waiting(sample_counts, "med barn"),
        "housed": show.housed(sample_counts),
        "tests": show.tests(sample_counts),
        "gap": show.gap(sample_gaps),
        "ratios": show.gap(queue_times.ratios(sample_gaps, "utan barn")),
        "sensitivity": show.sensitivity(sample_gaps[:1]),
    }
