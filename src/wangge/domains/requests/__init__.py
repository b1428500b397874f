"""What residents ask about their own data: to see it, to have it corrected, to object, to have it deleted."""
