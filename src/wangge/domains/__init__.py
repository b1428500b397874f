"""The streets, in order: each imports only those before it; the last ones stand side by side."""
