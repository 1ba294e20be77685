"""What the site's builder tells staff when it stops."""

from helpers.problem import Problem


class SiteProblem(Problem):
    """The site cannot be built. Its text tells staff why, in Swedish and without row values."""
