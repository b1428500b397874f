"""Zones that a city draws in an emergency: from its notice to places, what holds there, and when it is over."""
