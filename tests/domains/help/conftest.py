"""The helpline is played on the tiny city."""

from tests.flows.conftest import checkins_file, city, stage

__all__ = ["checkins_file", "city", "stage"]
