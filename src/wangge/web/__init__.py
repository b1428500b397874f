"""The faces: server-rendered pages by audience."""
