"""A site made unsafe in one place only: each place is read, and nothing found is repeated."""

import gzip
import json
from base64 import b64encode, encodebytes
from io import BytesIO
from urllib.parse import quote

import pandas as pd
import pytest
from PIL import Image, PngImagePlugin

from helpers.site.scan import scan_site

NUMBER = "19821105-9954"
SAFE = "<!doctype html><html lang=sv><title>Kö</title><p>57 kvinnor och 92 män.</p>"


def data_uri(kind, content):
    return f"data:{kind};base64,{b64encode(content).decode()}"


def in_base64(text):
    return b64encode(text.encode()).decode()


def workbook(table, **properties):
    buffer = BytesIO()
    with pd.ExcelWriter(buffer, engine="xlsxwriter") as writer:
        writer.book.set_properties(properties)
        table.to_excel(writer, index=False)
    return buffer.getvalue()


def picture(said, key="Comment"):
    written = PngImagePlugin.PngInfo()
    written.add_text(key, said)
    buffer = BytesIO()
    Image.new("L", (1, 1)).save(buffer, "png", pnginfo=written)
    return buffer.getvalue()


def cbor(*texts):
    """Strings in an array, each with its length before it."""
    strings = [bytes([0x78, len(text.encode())]) + text.encode() for text in texts]
    return bytes([0x80 + len(texts)]) + b"".join(strings)


def found(folder, name, content):
    (folder / "index.html").write_text(SAFE, encoding="utf-8")
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return scan_site(folder)


TABLE = pd.DataFrame({"Kön": ["K", "M"], "Antal": [NUMBER, 7]})
LONG = f"Kön;Antal{' ' * 99}\nK;{NUMBER}".encode()

PAGES = {
    "a sentence": f"<p>Klient {NUMBER} väntar.</p>",
    "a word in two styles": "<p>Klient 1982<b>1105</b>-<i>9954</i></p>",
    "an entity": "<p>Klient 19821105&#45;9954</p>",
    "an alternative text": f'<img alt="Kurva för {NUMBER}">',
    "a tooltip": f'<i title="{NUMBER}"></i>',
    "a name for screen readers": f'<svg aria-label="{NUMBER}"></svg>',
    "a data attribute": f'<i data-row="{NUMBER}"></i>',
    "a comment": f"<!-- {NUMBER} -->",
    "a drawing's title": f"<svg><title>{NUMBER}</title></svg>",
    "a drawing's description": f"<svg><desc>{NUMBER}</desc></svg>",
    "a drawing's text": "<svg><text>19821105<tspan>-9954</tspan></text></svg>",
    "a program": f'<script>let a = "{NUMBER}"</script>',
    "escapes in a program": '<script>let a = "19821105\\u20139954"</script>',
    "data in a script": f'<script type="application/json">{{"a": "{NUMBER}"}}</script>',
    "a style": f'<style>p::after {{content: "{NUMBER}"}}</style>',
    "escapes of a byte in a program": r'<script>let a = "19821105\x2d9954"</script>',
    "escapes of any length in a program": r'<script>let a = "19821105\u{2d}9954"</script>',
    "base64 in a program": f'<script>atob("{in_base64(NUMBER)}")</script>',
    "base64 in an attribute": f'<i data-row="{in_base64(f"Klient {NUMBER}")}"></i>',
    "base64 twice": f'<i data-row="{in_base64(in_base64(NUMBER))}"></i>',
    "escapes in a style": r'<style>p::after {content: "\31 \39 82\31 105-9954"}</style>',
    "escapes in an element's style": r"""<p style="--a: '\31 9821105-9954'">""",
    "a page's description": f'<meta name="description" content="{NUMBER}">',
    "a cell": f"<table><tr><th>Klient<tr><td>{NUMBER}</table>",
    "full-width digits": "<p>１９８２１１０５－９９５４</p>",
    "Arabic digits": "<p>١٩٨٢١١٠٥-٩٩٥٤</p>",
    "a soft hyphen inside": "<p>1982&shy;1105-9954</p>",
    "zero-width spaces inside": "<p>19&#8203;82&#8288;1105-99&#65279;54</p>",
    "a mark over a digit": "<p>1982\u03351105-9954</p>",
    "points in the date": "<p>1912.12.12-1212</p>",
    "cells side by side": "<table><tr><td>19821105<td>9954</table>",
    "cells side by side, with its hyphen": "<table><tr><td>821105</td><td>-9954</td></table>",
    "cells side by side, later": "<table><tr><td>K<td>19821105-99<td>54</table>",
    "a CSV file": f'<a download="kö.csv" href="{data_uri("text/csv", NUMBER.encode())}">CSV</a>',
    "a CSV file in lines": f'<a href="DATA:Text/CSV;base64,{encodebytes(LONG).decode()}">CSV</a>',
    "a file in plain text": f'<a href="data:text/plain,{quote(NUMBER)}">text</a>',
    "an image's comment": f'<img src="{data_uri("image/png", picture(NUMBER))}">',
    "a drawing in a style": f"<style>p {{background: url('data:image/svg+xml,"
    f"{quote(f'<svg><title>{NUMBER}</title></svg>')}')}}</style>",
}

FILES = {
    "kö.csv": f"Kön;Antal\nK;{NUMBER}\n",
    "delat.csv": "Född;Sista\n19821105;9954\n",
    "delat.json": json.dumps([["Född", "Sista"], ["19821105", "-9954"]]),
    "kodat.json": json.dumps({"antal": in_base64(f"Klient {NUMBER}")}),
    "kodat.js": f"const a = '{in_base64(NUMBER)}'",
    "utf16.txt": f"Klient {NUMBER} på väg".encode("utf-16"),
    "utf16.csv": f"Kön;Antal\nMän;{NUMBER}\n".encode("utf-16"),
    "nycklar.png": picture("Kö", key=NUMBER),
    "efter.png": picture("Kö") + NUMBER.encode(),
    "kodat.css": r'p::after {content: "\31 9821105-9954"}',
    "kö.json": json.dumps({"antal": [NUMBER]}),
    "tal.json": json.dumps([[7, 198211059954]]),
    "kö.xlsx": workbook(TABLE),
    "egenskaper.xlsx": workbook(TABLE[:0], author=NUMBER),
    "site.css": f"/* {NUMBER} */",
    "site.js": f"// {NUMBER}",
    "site.js.map": json.dumps({"version": 3, "sourcesContent": [f"// {NUMBER}"]}),
    "bild.png": picture(NUMBER),
    "bild.svg": f"<?xml version='1.0'?><svg><metadata><![CDATA[{NUMBER}]]></metadata></svg>",
    "robots.txt": NUMBER,
    "pagefind/fragment/sv.pf_fragment": gzip.compress(
        b"pagefind_dcd" + json.dumps({"content": NUMBER}).encode()
    ),
    "pagefind/index/sv.pf_index": gzip.compress(b"pagefind_dcd" + cbor("kö", f"{NUMBER} " * 3)),
}


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_a_number_anywhere_on_a_page_is_found_once_and_not_repeated(tmp_path, page):
    (only,) = found(tmp_path, "kö.html", f"{SAFE}\n{page}")
    assert only.rule == "personal-identity-number"
    assert only.place.startswith("kö.html, ")
    assert "9954" not in str(only)


@pytest.mark.parametrize(("name", "content"), FILES.items(), ids=FILES)
def test_a_number_in_a_file_of_any_kind_is_found(tmp_path, name, content):
    findings = found(tmp_path, name, content)
    assert {one.rule for one in findings} == {"personal-identity-number"}
    assert {one.place.split(",")[0] for one in findings} == {name}


def test_the_place_names_the_download_and_the_row(tmp_path):
    content = f"Kön;Antal\nK;57\nM;{NUMBER}\n".encode("utf-8-sig")
    page = f'<a download="vantar.csv" href="{data_uri("text/csv;charset=utf-8", content)}">CSV</a>'
    (only,) = found(tmp_path, "kö.html", page)
    assert only.place == "kö.html, hämtfilen vantar.csv, rad 3"


def test_the_place_names_the_attribute_and_the_line(tmp_path):
    (only,) = found(tmp_path, "kö.html", f'<p>\n\n<img alt="{NUMBER}">')
    assert only.place == "kö.html, attributet alt, rad 3"


def test_a_number_in_a_file_name_is_found_and_not_repeated(tmp_path):
    findings = found(tmp_path, f"{NUMBER}.csv", f"Kön;Antal\nK;{NUMBER}\n")
    assert [one.place for one in findings] == ["….csv, filnamnet, rad 1", "….csv, rad 2"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("kö.parquet", b"PAR1"),
        ("kö.xlsx", b"no workbook"),
        ("kö.json", "{"),
        ("kö.csv", b"K\xf6n;Antal"),
        ("kö.pf_index", b"no archive"),
        ("kö.png", b"no image"),
        ("kö.html", f'<a href="{data_uri("application/zip", b"PK")}">zip</a>'),
        ("bild.png", picture("Kö") + gzip.compress(b"mer")),
    ],
)
def test_what_cannot_be_read_does_not_pass(tmp_path, name, content):
    (only,) = found(tmp_path, name, content)
    assert only.rule == "unreadable"
    assert only.place.startswith(name)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("kö.xlsx", workbook(TABLE.assign(Antal=[57, 92]))),
        ("bild.png", picture("Kö till bostad")),
        ("font.woff2", b"wOF2"),
        ("kö.html", "<table><tr><td>2024<td>1105<td>9954<tr><td>2024-11-05<td>9954</table>"),
        ("kö.csv", "Kvinnor;Skillnad\n8211;-1059\n1982;1105\n"),
        ("kö.html", "<p>Åtgärder: 19–20 m², 3½ rum … och ﬁler</p>"),
        ("kö.html", '<link rel="icon" href="data:,"><img src="data:image/png;base64,">'),
        ("kö.html", "<svg><path d='M 198211 059954 L 821105 9954'/></svg>"),
        ("site.js", 'const uri = "data:application/json;base64," + text'),
    ],
)
def test_what_gives_nobody_away_passes(tmp_path, name, content):
    assert found(tmp_path, name, content) == []


EMAIL = '<a href="mailto:karin@example.org">Skriv till oss</a>'


def test_an_address_that_is_not_in_the_sites_own_text_is_found(tmp_path):
    (only,) = found(tmp_path, "kö.html", EMAIL)
    assert only.rule == "email-address"
    assert "karin" not in str(only)


def test_an_address_in_the_sites_own_text_passes(tmp_path):
    (tmp_path / "kö.html").write_text(EMAIL, encoding="utf-8")
    assert scan_site(tmp_path, own_text=["Skriv till <Karin@example.org>."]) == []


@pytest.mark.parametrize("text", ["@media print", "pagefind@1.5.2", "a @ b.se", "x@y"])
def test_other_uses_of_the_sign_are_no_addresses(tmp_path, text):
    assert found(tmp_path, "kö.html", f"<p>{text}</p>") == []


def test_the_authors_of_a_program_may_be_named_in_it(tmp_path):
    assert found(tmp_path, "site.js", "// (c) Karin <karin@example.org>") == []


@pytest.mark.parametrize(
    "path",
    [
        "/home/karin/utdrag.csv",
        "/Users/karin/utdrag.csv",
        "/root",
        "läst från /tmp/utdrag.csv",
        '"/mnt/delad/utdrag.csv"',
        "file:///srv/utdrag.csv",
        r"C:\Users\karin\utdrag.csv",
        r"\\server01\ifo$\utdrag.csv",
    ],
)
@pytest.mark.parametrize("name", ["kö.html", "kö.json", "kö.txt"])
def test_an_absolute_path_is_found(tmp_path, name, path):
    (only,) = found(tmp_path, name, json.dumps(path) if name == "kö.json" else path)
    assert only.rule == "absolute-path"
    assert "karin" not in str(only)


@pytest.mark.parametrize(
    "text", ["https://example.org/home/", "år/home", "../media/image1.png", "a8/tmp/Zm9v+/var/x"]
)
def test_web_addresses_and_encoded_bytes_are_no_paths(tmp_path, text):
    assert found(tmp_path, "kö.html", text) == []
