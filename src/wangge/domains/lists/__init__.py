"""Lists of people handed down by another office: matched, checked at doors, reported up in the sender's own columns."""
