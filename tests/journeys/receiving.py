"""Run in the product's environment: somebody whom a case named comes back to their compound. JSON.

The order about them waits for its authority; ``door`` is what they say of where they live, ``place`` its compound.
"""

import json
import sys
from uuid import UUID

from isolating import order  # sets Django up

from wangge.domains.places.models import Place
from wangge.domains.places.queries import label
from wangge.domains.places.rules import Kind, ancestors


def returning() -> dict[str, str]:
    """Somebody at an address inside a compound."""
    one = order()
    home = Place.objects.get(uuid=UUID(one["home"]))
    compound = Place.objects.filter(path__in=ancestors(home.path), kind=Kind.COMPOUND).order_by("-path")[0]
    return one | {"door": label(home), "place": str(compound.uuid)}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(returning()) + "\n")
