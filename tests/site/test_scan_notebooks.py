"""Notebooks and data about to be committed."""

import json
import subprocess
import sys

import pytest

from helpers.paths import ROOT, SAMPLE
from helpers.site.scan import scan_files

SAMPLE_RECORD = {"application/vnd.likavard+json": {"source": "sample"}}
PUBLISHED = {"application/vnd.likavard+json": {"source": "published"}}
KERNEL = {"kernelspec": {"name": "python3"}, "language_info": {"name": "python"}}
NUMBER = "19821105-9954"


def display(data, **metadata):
    return {"output_type": "display_data", "data": data, "metadata": metadata}


def notebook(folder, *outputs, source="", metadata=KERNEL, **options):
    code = {"cell_type": "code", "source": [source], "metadata": {}, "outputs": list(outputs)}
    text = {"cell_type": "markdown", "source": ["# Kö"], "metadata": {}}
    path = folder / "question.ipynb"
    content = {"cells": [text, code | options], "metadata": metadata}
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def told(path):
    return [(one.rule, one.place.removeprefix(f"{path.parent}/")) for one in scan_files([path])]


@pytest.mark.parametrize(
    "outputs",
    [
        [],
        [display(SAMPLE_RECORD)],
        [display(SAMPLE_RECORD), display(PUBLISHED)],
        [
            display(
                SAMPLE_RECORD | {"text/markdown": "<a href='https://example.org/home/'>år/home</a>"}
            )
        ],
        [
            display(
                SAMPLE_RECORD
                | {"text/markdown": "<i style='src: url(data:font/woff;base64,a8/tmp/Zm9v+)'>"}
            )
        ],
    ],
)
def test_outputs_made_from_open_data_pass(tmp_path, outputs):
    assert told(notebook(tmp_path, *outputs)) == []


@pytest.mark.parametrize(
    "output",
    [
        display({"text/markdown": "<table>Karin</table>"}),
        display({"application/vnd.likavard+json": {"title": "Karin"}}),
        display({"application/vnd.likavard+json": {"source": "Karin"}}),
        display({"application/vnd.likavard+json": "sample Karin"}),
        {"output_type": "stream", "name": "stdout", "text": ["Karin\n"]},
        {"output_type": "error", "ename": "KeyError", "evalue": "Karin", "traceback": []},
    ],
)
def test_an_output_that_does_not_say_its_source_is_refused_and_not_told(tmp_path, output):
    path = notebook(tmp_path, output)
    assert told(path) == [("notebook-output", "question.ipynb, cell 2, resultat 1")]
    assert "Karin" not in str(scan_files([path]))


@pytest.mark.parametrize("path", ["/home/karin/utdrag.csv", r"C:\Users\karin", "file:///srv/x"])
@pytest.mark.parametrize("nest", [lambda text: text, lambda text: [{"titel": text}]])
def test_an_absolute_path_in_an_output_is_refused(tmp_path, path, nest):
    output = display(SAMPLE_RECORD | {"application/json": nest(path)})
    assert told(notebook(tmp_path, output)) == [
        ("absolute-path", "question.ipynb, cell 2, resultat 1, rad 1")
    ]


@pytest.mark.parametrize(
    "output",
    [
        display(SAMPLE_RECORD | {"text/markdown": ["<p>Klient ", f"{NUMBER}</p>"]}),
        display(SAMPLE_RECORD | {"text/plain": NUMBER}),
        display(SAMPLE_RECORD | {"image/svg+xml": f"<svg><title>{NUMBER}</title></svg>"}),
        display(SAMPLE_RECORD | {"application/vnd.vega.v5+json": {"title": NUMBER}}),
    ],
)
def test_a_number_in_any_form_of_an_output_is_found(tmp_path, output):
    assert [rule for rule, _ in told(notebook(tmp_path, output))] == ["personal-identity-number"]


def test_a_number_in_a_source_is_found_with_its_cell_and_line(tmp_path):
    path = notebook(tmp_path, source=f"cases = read()\nperson = {NUMBER!r}")
    assert told(path) == [("personal-identity-number", "question.ipynb, cell 2, rad 2")]


@pytest.mark.parametrize(
    "changed",
    [
        {"metadata": KERNEL | {"papermill": {"parameters": {"data": "utdrag"}}}},
        {"metadata": KERNEL | {"widgets": {"state": {"value": 7}}}},
        {"outputs": [display(SAMPLE_RECORD, author="Karin")]},
        {"metadata": {"authors": [{"name": "Karin"}]}},
    ],
)
def test_metadata_beyond_what_a_kernel_needs_are_refused(tmp_path, changed):
    (only,) = told(notebook(tmp_path, **changed))
    assert only[0] == "notebook-metadata"


def test_a_number_in_a_kernels_name_is_found(tmp_path):
    metadata = KERNEL | {"kernelspec": {"display_name": NUMBER}}
    assert told(notebook(tmp_path, metadata=metadata)) == [
        ("personal-identity-number", "question.ipynb, metadata, rad 1")
    ]


@pytest.mark.parametrize(
    "changed",
    [
        {"id": NUMBER},
        {"note": {"client": [NUMBER]}},
        {NUMBER: "note"},
        {"attachments": {f"{NUMBER}.txt": {"text/plain": "Kö"}}},
        {"outputs": [display(SAMPLE_RECORD) | {"transient": {"display_id": NUMBER}}]},
    ],
    ids=["id", "another key", "a key's name", "an attached file's name", "an output's key"],
)
def test_a_number_in_what_no_reader_sees_of_a_cell_is_found(tmp_path, changed):
    ((rule, place),) = told(notebook(tmp_path, **changed))
    assert rule == "personal-identity-number"
    assert place.startswith("question.ipynb, cell 2")


def test_a_number_in_another_key_of_a_notebook_is_found(tmp_path):
    path = notebook(tmp_path)
    path.write_text(json.dumps(json.loads(path.read_text()) | {"client": NUMBER}))
    assert told(path) == [("personal-identity-number", "question.ipynb, rad 2")]


@pytest.mark.parametrize("kind", ["text/plain", "text/markdown", "text/javascript", "text/css"])
def test_an_address_in_a_cell_is_the_sites_own_and_in_an_output_alone_it_is_not(tmp_path, kind):
    output = display(SAMPLE_RECORD | {kind: "karin@example.org"})
    assert told(notebook(tmp_path, output, source="# karin@example.org")) == []
    assert told(notebook(tmp_path, output)) == [
        ("email-address", "question.ipynb, cell 2, resultat 1, rad 1")
    ]


def test_a_file_carried_in_an_output_does_not_vouch_for_its_own_address(tmp_path):
    link = "<a href='data:text/markdown,karin@example.org'>CV</a>"
    assert told(notebook(tmp_path, display(SAMPLE_RECORD | {"text/markdown": link}))) == [
        ("email-address", "question.ipynb, cell 2, resultat 1, attributet href, rad 1")
    ]


@pytest.mark.parametrize("content", ["", "[1]", "{}", "\xff"])
def test_a_file_that_is_no_notebook_is_refused(tmp_path, content):
    path = tmp_path / "broken.ipynb"
    path.write_text(content, encoding="latin-1")
    assert told(path) == [("unreadable", "broken.ipynb")]


def test_the_repositorys_own_notebooks_and_data_pass():
    patterns = ("notebooks/*.ipynb", "data/*/*.csv", "reports/*.qmd", "reports/_generated/*")
    assert scan_files(path for pattern in patterns for path in ROOT.glob(pattern)) == []


def test_rows_pass_in_the_sample_alone(tmp_path):
    copy = tmp_path / "queue.csv"
    copy.write_bytes((SAMPLE / "queue.csv").read_bytes())
    assert {one.rule for one in scan_files([copy])} == {"id-column", "person-rows"}


def likavard(*arguments):
    command = [sys.executable, "-m", "helpers", "scan", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_command_tells_one_line_a_finding_and_leaves_with_status_2(tmp_path):
    done = likavard(notebook(tmp_path, source=f"{NUMBER}\n{NUMBER}"), tmp_path / "missing.csv")
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 3
    assert "9954" not in done.stderr


def test_the_command_is_silent_about_what_passes(tmp_path):
    done = likavard(notebook(tmp_path, display(SAMPLE_RECORD)))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
