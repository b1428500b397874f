"""Zones: notices and their lines, what holds where, who needs what, and when it is over."""
