"""Wangge (网格): a city's neighbourhoods answer an emergency, door by door."""

__version__ = "0.1.0"
