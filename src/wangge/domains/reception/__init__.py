"""Receptions: who comes back to a compound and cannot simply walk in is met, waits sheltered, and is handed on."""
