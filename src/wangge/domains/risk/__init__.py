"""Published lists of risk areas as intervals with their history; what somebody's stay on a day means under them."""
