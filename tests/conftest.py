"""The sample's key for every test, and the sample's gaps of queue times."""

import os

import pytest

from helpers.paths import SAMPLE

os.environ["LIKAVARD_KEY"] = str(SAMPLE / "key")
os.environ.pop("LIKAVARD_DATA", None)


@pytest.fixture(scope="session")
def sample_gaps():
    from helpers import queue_times

    return queue_times.answer()
