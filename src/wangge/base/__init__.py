"""What every street stands on; it knows nothing of emergencies."""
