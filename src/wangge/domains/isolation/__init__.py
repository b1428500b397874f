"""Orders about a person: proposed by rules, confirmed by an authority, ended with cause."""
