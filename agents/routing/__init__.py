"""How the router learns: examples, features, the model."""
