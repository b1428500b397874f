"""Phones that work without a network: what each holds, the key of its shift, what it sent and what became of it."""
