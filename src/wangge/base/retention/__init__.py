"""When personal data are due, what of them is left, and their deletion in parts, with counts as its proof."""
