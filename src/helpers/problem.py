"""What is told to staff when something cannot be done."""


class Problem(Exception):  # noqa: N818 - a problem with what was given, not an error of the program
    """Something staff can mend. ``str()`` is the message in Swedish, without a value from a row.

    Its kinds all have names that end in Problem: a notebook's error of such a name is shown whole.
    """
