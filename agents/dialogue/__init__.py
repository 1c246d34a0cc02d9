"""What a turn means that leans on the ones before."""
