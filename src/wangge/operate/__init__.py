"""Keeping an installation: backup, restore, keys, upgrades. Works on tables as they are, knows no street's verbs."""
