"""The sample, read once for all tests."""

import pandas as pd
import pytest
from queue_cases import DATES, safe

from helpers.paths import SAMPLE
from helpers.questions import queue_times


@pytest.fixture(scope="session")
def sample_cases():
    return pd.read_csv(SAMPLE / "queue.csv", parse_dates=DATES)


@pytest.fixture(scope="session")
def sample_counts(sample_cases):
    return safe(sample_cases, first_only=True)


@pytest.fixture(scope="session")
def sample_gaps(sample_counts):
    return queue_times.gap(sample_counts)
