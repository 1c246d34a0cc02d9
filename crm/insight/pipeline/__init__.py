"""What the Pipeline tab shows: charts over one selection, each with the records behind it."""
