"""A frame to exact figures: SQL finds the rows, plain arithmetic makes the figures."""
