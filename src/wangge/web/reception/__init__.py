"""Receptions: one set of pages for the gate, the stairs and the desk."""
