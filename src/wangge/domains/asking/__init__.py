"""Questions asked of an area, answered from what is known; doors only where it is not."""
