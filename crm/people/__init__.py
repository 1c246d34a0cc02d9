"""Who works here: the users file, passwords, signing in."""
