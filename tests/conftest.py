"""The sample's key for every test, and the sample's gaps of queue times."""

import os

import pytest

from helpers import goals, pathways, queue_times, violence_found
from helpers.paths import SAMPLE

os.environ["LIKAVARD_KEY"] = str(SAMPLE / "key")
os.environ.pop("LIKAVARD_DATA", None)


@pytest.fixture(scope="session")
def sample_gaps():
    return queue_times.answer()


@pytest.fixture(scope="session")
def goal_gaps():
    return goals.answer()


@pytest.fixture(scope="session")
def violence_gaps():
    return violence_found.answer()


@pytest.fixture(scope="session")
def pathway_gaps():
    return pathways.answer()
