"""Questions about figures by hands that saw no code, each file with its answers in pandas."""
