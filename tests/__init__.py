"""Tests; this file lets them share `gemini_server`."""
