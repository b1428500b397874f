"""One history for all streets."""
