"""OpenRosa: the protocol of ODK Collect and its kin. Forms out, filled-in forms in (docs/operate/openrosa.md)."""
