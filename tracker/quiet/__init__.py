"""Whether this is a moment to leave a person alone: presenting, sharing, or in a call."""
