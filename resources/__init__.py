"""Data that ships with Kanaltid, read through ``importlib.resources``."""
