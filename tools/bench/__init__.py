"""Measures what the program promises: ``python -m tools.bench``, or ``make bench``."""
