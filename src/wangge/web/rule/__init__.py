"""The rule today: one page for each face, made from the protocol in force; and the card for a first shift."""
