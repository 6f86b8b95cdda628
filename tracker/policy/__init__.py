"""The written policy: its types, how it is read, checked and asked."""
