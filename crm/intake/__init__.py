"""Rows in: from a file to the store, or back out of it."""
