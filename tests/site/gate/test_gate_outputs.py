"""Only what `show` made is published; all else that a page's notebook puts out is refused."""

from base64 import b64encode
from io import BytesIO

import pandas as pd
import pytest
from PIL import Image
from small_site import displayed, nbformat, notebooks, shown

from helpers.show.shown import markdown
from helpers.site import build
from helpers.site.gate import REPORT, NotSafe

PERSON = "K1001"
CASES = pd.DataFrame({"person_id": [PERSON, "K1002"], "sex": ["K", "M"]})
ROW = CASES.iloc[0]
POLARS = "shape: (2, 2)\n│ person_id ┆ sex │\n│ K1001     ┆ K   │"


def printed(value):
    return nbformat.v4.new_output("stream", name="stdout", text=f"{value}\n")


def png():
    buffer = BytesIO()
    Image.new("L", (1, 1)).save(buffer, "png")
    return b64encode(buffer.getvalue()).decode()


REFUSED = {
    "cases printed": printed(CASES),
    "cases": displayed({"text/plain": repr(CASES), "text/html": CASES.to_html()}),
    "rows as tuples": displayed({"text/plain": repr(list(CASES.itertuples(index=False)))}),
    "counts of values": displayed({"text/plain": repr(CASES["sex"].value_counts())}),
    "one row": displayed({"text/plain": repr(ROW)}),
    "matplotlib": displayed({"text/plain": "<Figure size 640x480>", "image/png": png()}),
    "HTML": displayed({"text/plain": "HTML object", "text/html": "<p>tre</p>"}),
    "Plotly": displayed({"application/vnd.plotly.v1+json": {"data": [{"y": [1, 3]}]}}),
    "JSON": displayed({"application/json": [1, 3], "text/plain": "JSON object"}),
    "polars printed": printed(POLARS),
    "polars": displayed({"text/plain": POLARS, "text/html": f"<table><td>{PERSON}</table>"}),
    "an error": nbformat.v4.new_output("error", ename="E", evalue=PERSON, traceback=[]),
    "a record of nothing": displayed({notebooks.RECORD: {"source": PERSON}}),
    "more beside a record": displayed(shown()["data"] | {"text/latex": PERSON}),
    "HTML beside a record": displayed(shown()["data"] | {"text/html": "<p>tre</p>"}),
    "an image beside a record": displayed(shown()["data"] | {"image/png": png()}),
}


@pytest.mark.parametrize("output", REFUSED.values(), ids=REFUSED)
def test_what_show_did_not_make_is_refused_by_notebook_and_cell(built, repository, output):
    built(queue=shown())
    with pytest.raises(NotSafe, match=r"queue\.ipynb, cell 3: ") as problem:
        built(queue=output, stays=shown())
    report = (repository / REPORT).read_text(encoding="utf-8")
    assert "<strong>queue.ipynb, cell 3</strong>" in report
    assert "stays" not in report
    assert PERSON not in str(problem.value) + report
    assert not (repository / "_site").exists()


def test_an_image_of_shows_is_for_documents_and_on_no_page(built):
    figure = shown()
    image = f"![Två kurvor](data:image/png;base64,{png()})"
    figure["data"]["text/markdown"] = markdown("<p>41 kvinnor.</p>", image)
    page = (built(queue=figure) / "notebooks" / "queue.html").read_text(encoding="utf-8")
    assert "<p>41 kvinnor.</p>" in page
    assert "data:image/png" not in page


def test_what_is_attached_to_a_cell_is_refused(repository):
    book = notebooks.read(repository / "notebooks" / "waits.ipynb")
    book["cells"][1]["attachments"] = {"bild.png": {"image/png": png()}}
    notebooks.write(book, repository / "notebooks" / "waits.ipynb")
    with pytest.raises(NotSafe, match=r"waits\.ipynb, cell 2: "):
        build.build("pandoc", repository)


def test_a_warning_on_stderr_is_on_no_page_and_stops_nothing(built):
    warned = nbformat.v4.new_output("stream", name="stderr", text="ConvergenceWarning")
    site = built(queue=warned)
    assert "Warning" not in (site / "notebooks" / "queue.html").read_text(encoding="utf-8")


def test_a_notebook_that_is_not_on_the_site_may_show_anything(built, repository):
    settings = repository / "_quarto.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("notebooks/*.ipynb", "notebooks/queue.ipynb"))
    assert "notebooks/queue.ipynb" in settings.read_text(encoding="utf-8")
    assert built(queue=shown(), explore=printed(CASES)).is_dir()
