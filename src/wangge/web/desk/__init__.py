"""The desk: results, people, orders."""
