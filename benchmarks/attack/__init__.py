"""The attack on invented tables of several shapes."""
