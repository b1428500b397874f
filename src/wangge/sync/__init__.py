"""The phone: what it sends is replayed through the same inputs and verbs as the pages; what it holds is handed out."""
