"""The site: run the notebooks, refresh what is generated, render the pages."""

from helpers.site.problem import SiteProblem

__all__ = ["SiteProblem"]
