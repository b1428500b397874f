"""Help: anyone asks, for whomever; it has one holder and a time, and ends when the person says so."""
