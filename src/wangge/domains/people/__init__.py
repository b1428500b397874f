"""Who lives there: persons, documents, contact points."""
