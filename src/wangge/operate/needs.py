"""Which keys a backup needs. No Django here: asked before anything is set up, which would write a fresh key file."""

from pathlib import Path
from uuid import UUID

from wangge.base import keys
from wangge.operate.archive import Manifest


def missing(manifest: Manifest, file: Path) -> str:
    """Which key a backup needs that the key file does not hold, as a sentence; '' when all are there."""
    wanted = manifest["keys"]["sealing"]
    if not file.exists():
        need = " and ".join([*(f"sealing key {number}" for number in wanted), "the key of the blind indexes"])
        return (
            f"there is no key file {file}, and this backup needs {need}. Put the copy of the installation's key file "
            "there (backups never hold it), then call this again."
        )
    ours = keys.load(file)
    have = {str(number): keys.fingerprint(key) for number, key in ours.sealing.items()}
    for number, print_ in wanted.items():
        if print_ and have.get(number) != print_:
            what = f"another sealing key {number}" if number in have else f"no sealing key {number}"
            return f"the key file {file} holds {what}: {_put(print_)}"
    for response, print_ in manifest["keys"]["responses"].items():
        key = ours.responses.get(UUID(response))
        # Destroyed since then: what it sealed is gone for good in every backup, and that is as it was meant.
        if UUID(response) not in ours.destroyed and (key is None or keys.fingerprint(key) != print_):
            return f"the key file {file} does not hold the key of Response {response}: {_put(print_)}"
    blind = manifest["keys"]["blind"]
    if keys.fingerprint(ours.blind) != blind:
        return f"the key file {file} holds another key of the blind indexes: {_put(blind)}"
    if secret := _other_secret(manifest, ours):
        return (
            f"the key file {file} holds another secret, and no authenticator app or recovery code would open anything: "
            f"{_put(secret)}"
        )
    return ""


def _other_secret(manifest: Manifest, ours: keys.Keys) -> str:
    """The secret seals authenticator apps; a backup of an earlier version does not name it."""
    secret = manifest["keys"].get("secret", "")
    return secret if secret and keys.fingerprint(ours.secret.encode()) != secret else ""


def _put(print_: str) -> str:
    return (
        f"this backup needs the one with the fingerprint {print_}. Put the key file there that was in use when the "
        "backup was made, then call this again."
    )
