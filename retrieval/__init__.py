"""How evidence is found."""
