"""A device's secret, and its hash as mosquitto keeps it in a password file (PBKDF2-SHA512, ``$7$``)."""

import base64
import hashlib
import secrets

ROUNDS = 101  # mosquitto's own number; the secret is random and long, so that trying is hopeless anyway
SALT, SECRET = 12, 24  # bytes


def fresh() -> str:
    """A new secret of 32 letters, digits, - and _."""
    return secrets.token_urlsafe(SECRET)


def hashed(secret: str) -> str:
    """The hash under a new salt, as a line of a password file has it after the user's name."""
    salt = secrets.token_bytes(SALT)
    made = hashlib.pbkdf2_hmac("sha512", secret.encode(), salt, ROUNDS)
    return f"$7${ROUNDS}${base64.b64encode(salt).decode()}${base64.b64encode(made).decode()}"
