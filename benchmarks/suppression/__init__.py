"""Protecting invented tables of several sizes, and many that are linked."""
