"""Filled-in forms of OpenRosa clients: read, judged, kept before the receipt; the answers follow in a flow."""
