"""The two commands. Each parses, calls one method of Archive, renders."""
