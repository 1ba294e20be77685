"""Refuse a notebook whose saved outputs may hold more than the sample and the published figures.

An output is kept only if it says that it was made from them, and if no text in it is an absolute
path. What is refused is named by notebook and cell; its content is never printed.
"""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

RECORD = "application/vnd.likavard+json"
OPEN_SOURCES = {"sample", "published"}

# Neither a part of a longer word nor of a web address or base64, so no letter may stand before it.
ABSOLUTE_PATH = re.compile(
    r"""(?<![\w+/])(?:
        /(?:home|Users|root|tmp|var|mnt|media|srv|opt|private|Volumes)\b
      | file:/
      | [A-Za-z]:\\
      | \\\\[\w.-]+\\
    )""",
    re.VERBOSE,
)


def main(paths: list[str]) -> int:
    """Print one line for each refused output; 1 if there is any."""
    found = [problem for path in paths for problem in problems(Path(path))]
    print("\n".join(found), end="\n" if found else "")
    return 1 if found else 0


def problems(path: Path) -> Iterator[str]:
    """Say what is wrong with each saved output of the notebook at `path`."""
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    except (ValueError, KeyError, TypeError):
        yield f"{path}: is not a notebook"
        return
    for number, cell in enumerate(cells, start=1):
        for output in cell.get("outputs", []):
            if not made_from_open_data(output):
                yield f"{path}: cell {number}: an output does not say it was made from the sample"
            if any(ABSOLUTE_PATH.search(text) for text in texts(output)):
                yield f"{path}: cell {number}: an output holds an absolute path"


def made_from_open_data(output: dict[str, Any]) -> bool:
    """Whether the record that our own outputs carry names a source open to all."""
    record = output.get("data", {}).get(RECORD)
    return isinstance(record, dict) and record.get("source") in OPEN_SOURCES


def texts(value: Any) -> Iterator[str]:  # noqa: ANN401
    """Every text in a JSON value, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from texts(list(value.keys()))
        yield from texts(list(value.values()))
    elif isinstance(value, list):
        for item in value:
            yield from texts(item)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
