"""The rules in force, as data with dates, and the Response they work in."""
