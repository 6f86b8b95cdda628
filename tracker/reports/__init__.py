"""Reports: a day, a week, and the files that leave."""
