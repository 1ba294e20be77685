"""One module a contender, each run in a process of its own with the cases' file as argument.

Each prints, as JSON, the mean wait within 12 months of women and men, all of them and those
without and with children, and the seconds each step took.
"""
