"""The worker on the stairs: today, one door, paper."""
