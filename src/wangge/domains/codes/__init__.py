"""Residents' codes: a status worked out from facts, a signed number on paper or a phone, the city's status list."""
