"""Open311 GeoReport v2: hazards in public places reported and read by other systems (docs/operate/open311.md)."""
