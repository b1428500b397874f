"""What the tools know about the machine they run on."""

import os

# Where systems keep their programs: a short PATH is no reason to miss what is installed.
FOLDERS = (
    *("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"),
    *("/snap/bin", "/opt/google/chrome"),
)


class CannotRun(Exception):
    """Something a leg needs is missing here; the message says what, and how to get it."""


def search_path() -> str:
    """The PATH, and after it where systems keep their programs."""
    return os.pathsep.join([*filter(None, [os.environ.get("PATH")]), *FOLDERS])
