"""The invented CRM: hand-written stories, with a generated rest around them. No accuracy is measured on it."""
