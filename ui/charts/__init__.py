"""Charts: laid out without Qt, painted by one function for window, picture and page."""
