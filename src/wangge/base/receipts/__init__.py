"""What came in as a file or message, row by row, with its outcome and reason."""
