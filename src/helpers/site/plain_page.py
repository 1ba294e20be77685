"""A page by itself, for whoever builds the site: nothing of it is published."""

from html import escape

_PAGE = """<!DOCTYPE html>
<html lang="sv">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>
body {{ font: 1.0625rem/1.6 system-ui, sans-serif; max-width: 48rem; }}
body {{ margin: 2rem auto; padding: 0 1rem; }}
li {{ margin-block: 0.75rem; overflow-wrap: anywhere; }}
li strong {{ display: block; }}
table {{ border-collapse: collapse; width: 100%; font-size: 0.9375rem; }}
caption {{ text-align: start; font-weight: bold; }}
th, td {{ border-block-end: 1px solid; padding: 0.25rem 0.5rem; text-align: end; }}
th:first-child {{ text-align: start; overflow-wrap: anywhere; }}
</style>
</head>
<body>
<main>
<h1>{title}</h1>
{body}
</main>
</body>
</html>
"""


def written(title: str, body: str) -> str:
    """Write a page of a title and HTML."""
    return _PAGE.format(title=escape(title), body=body)
