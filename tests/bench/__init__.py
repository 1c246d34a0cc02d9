"""Speed figures; nothing here fails on time."""
