"""Venues and check-ins: by day, dropped by day."""
