"""Work at doors: route, merge, record, hand over, escalate, close."""
