"""Test results and the tests that are due."""
