"""What the site's builder tells staff when it stops."""


class SiteProblem(Exception):  # noqa: N818
    """The site cannot be built. Its text tells staff why, in Swedish and without row values."""
