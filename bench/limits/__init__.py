"""What ours is measured against: bare SQL through bare drivers. Frozen: ``tests/bench`` compares each file's digest
with ``bench/limits.sha256``, so that a limit is not made easier by the way. A better limit is a change of its own."""
