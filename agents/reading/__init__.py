"""What a question says: its words, names, ids and times, before anybody decides what to do about it."""
