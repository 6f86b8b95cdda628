"""Where spans, totals and the person's choices are kept."""
