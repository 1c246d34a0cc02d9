"""What a drafted mail is made of."""
