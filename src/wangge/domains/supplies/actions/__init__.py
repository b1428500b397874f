"""Verbs of supplies."""
