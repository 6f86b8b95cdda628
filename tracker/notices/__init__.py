"""Notices to the person: their words, the desktop's daemon, and where they wait without one."""
