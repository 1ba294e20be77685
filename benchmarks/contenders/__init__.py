"""One module a contender, each run in a process of its own with the cases' file as argument.

Each prints, as JSON, the mean wait within 12 months of women and men, with and without those
who have children, and the seconds each step took.
"""
