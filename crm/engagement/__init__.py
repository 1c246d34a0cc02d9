"""From an activity to a verdict with its proof."""
