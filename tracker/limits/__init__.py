"""Limits: where they stand, when they are crossed, what their ladder does."""
