"""Estimators on counts. They know nothing of social services."""
