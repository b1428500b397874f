"""Where people live: from the city to the door, and the grids beside it."""
