"""Transfer (转运): people are taken to a place of isolation, or home, and are in exactly one hand at every moment."""
