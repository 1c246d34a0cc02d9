"""Atoms to a frame: each file takes one kind of meaning out, until nothing is left over."""
