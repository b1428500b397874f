"""Who acts, what they may, which places they see; and the record of every look."""
