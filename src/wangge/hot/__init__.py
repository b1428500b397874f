"""What must take a surge, beside Django in the same process: filled-in forms, check-ins. Natural group commit."""
