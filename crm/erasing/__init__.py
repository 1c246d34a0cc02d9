"""Taking people and old records out of the store, so that nothing of them is left."""
