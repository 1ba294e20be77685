"""What a page shows, read back: its table, and the file to take away."""

import base64
import csv
import io
import re

import pandas as pd


def downloaded(shown):
    [found] = re.findall(r'href="data:text/csv;charset=utf-8;base64,([^"]+)"', shown.html)
    text = base64.b64decode(found).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def read(shown):
    return pd.read_html(io.StringIO(shown.html))[0]
