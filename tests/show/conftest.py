"""What the sample shows of queue times."""

import pytest

from helpers import queue_times, read_cases, show


@pytest.fixture(scope="session")
def sample_published():
    return queue_times.protect(queue_times.tally(read_cases("queue"), ["sex", "has_children"]))


@pytest.fixture(scope="session")
def sample_shown(sample_published, sample_gaps):
    """Everything the notebook shows, by name."""
    return {
        "answer": show.answer(sample_gaps),
        "counted": show.queue_times.counted(sample_published),
        "waiting": show.queue_times.waiting(sample_published),
        "waiting, childless": show.queue_times.waiting(sample_published, has_children=False),
        "gap": show.gap(sample_gaps),
    }
