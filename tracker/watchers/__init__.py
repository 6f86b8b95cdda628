"""Watchers: what is in front, whether anybody is there, and the session's lock and sleep."""
