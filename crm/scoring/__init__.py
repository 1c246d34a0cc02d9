"""From a lead or a deal to a score that says why."""
