"""A city to try things in: invented people at real division codes, the same from the same seed."""
