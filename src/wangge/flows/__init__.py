"""What follows what: one file per fact."""
