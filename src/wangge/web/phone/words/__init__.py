"""The words of the field app in the language of now, by their English ids; a test compares the two.

A part of the app with words of its own brings a module here and a line to PARTS.
"""

from wangge.web.phone.words import checkpoint, doors

PARTS = (doors, checkpoint)


def words() -> dict[str, str]:
    """Every word that has no plural."""
    return {english: str(said) for part in PARTS for english, said in part.WORDS.items()}


def plurals() -> dict[str, list[str]]:
    """By the English singular: for one, and for more."""
    return {english: [said(1), said(2)] for part in PARTS for english, said in part.PLURALS.items()}
