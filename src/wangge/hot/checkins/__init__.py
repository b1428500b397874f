"""Checking in at a venue: its page and its receipt, without an account and without Django."""
