"""The versioned public API: results in, what the streets hold out, the log's change feed. Tokens, no sessions."""
