"""The business: knows no window, no agent, no index."""
