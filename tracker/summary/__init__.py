"""The weekly summary as it leaves: its names and words, and the files that hold it."""
