"""Kanaltid's core: facts in, conserved time and standings out. It knows no Qt."""
