"""Command: the board, posts, Responses, the log."""
