"""Pages for residents, without an account: what is kept about people and why, and how to ask for one's own."""
