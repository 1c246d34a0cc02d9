"""Who answers: a question to a brief."""
