"""Rows in: from a file to the store."""
