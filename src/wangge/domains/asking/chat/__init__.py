"""What residents write in the group chat, read for a worker to confirm: whose door, which answer, in which words."""
