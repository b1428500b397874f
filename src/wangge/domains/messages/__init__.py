"""Words to people: templates, the person's own way of being reached, what was sent, and whom it reached."""
