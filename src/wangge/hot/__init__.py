"""What must take a surge, beside Django in the same process: filled-in forms. No ORM, natural group commit."""
