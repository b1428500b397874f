"""Asking a question of an area: wording it, what it would mean, sending it, and its figures down to the door."""
