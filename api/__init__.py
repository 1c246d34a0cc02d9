"""The other doors: one server for the window, the HTTP API and other people's assistants, behind one guard."""
