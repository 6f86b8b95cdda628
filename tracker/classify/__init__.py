"""Which channel a window, a tab or an application belongs to."""
