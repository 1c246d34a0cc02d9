"""A raw CRM row to a thread of messages: who wrote what, before anything is stripped."""
