"""Checkpoints: gates and doors where codes are looked at; what a shift records, and who was let through in need."""
