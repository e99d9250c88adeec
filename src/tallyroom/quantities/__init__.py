"""Phrases to quantities and periods."""
