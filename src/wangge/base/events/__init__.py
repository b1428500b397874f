"""The log: audit trail and the source of all further work."""
