"""Something that may not be published: where it is, why, and what to do."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One reason not to publish, told without the value that was found.

    Attributes
    ----------
    rule : str
        Short, stable code of the rule that was broken: ``"personal-identity-number"``.
    place : str
        File, then where in it, in Swedish: ``"queue-times.html, hämtfilen kö.csv, rad 3"``.
    what : str
        What is wrong and why, in Swedish.
    remedy : str
        What to do, in Swedish.
    """

    rule: str
    place: str
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.place}: {self.what} {self.remedy}"
