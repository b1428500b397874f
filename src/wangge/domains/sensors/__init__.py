"""Door sensors (门磁) and whatever else is fixed to a door: they report and never lock."""
