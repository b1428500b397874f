"""The verbs of phones: hear from one, give it keys and doors, take what it sent."""

from wangge.domains.phones.actions.contact import Heard, destroy_keys, hear
from wangge.domains.phones.actions.inbox import Answered, Refused, Replayed, take

__all__ = ["Answered", "Heard", "Refused", "Replayed", "destroy_keys", "hear", "take"]
