"""From a question about numbers to exact figures."""
