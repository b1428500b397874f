"""The shell of the field app: its page, its service worker, its words. The app is in ``frontend/phone``."""
