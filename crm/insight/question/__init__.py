"""A question about numbers to atoms: its words, and the names that the store holds."""
