"""Supplies by place: a ledger that adds up, transfers accepted at both ends, what runs out, parcels for households."""
