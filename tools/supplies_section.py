"""What an edition says of supplies, in words."""

from markdown import both, marked
from wangge.domains.protocol.rules_supplies import Supplies


def supplies_section(it: Supplies) -> str:
    """From when on the level above has to answer, and how soon."""
    return (
        f"## Supplies (物资)\n\n{both(it.rule)}. Clause: {it.clause}. Use is looked at over "
        f"{marked(f'{it.look_days} days', it.marks, 'look_days')}; with fewer than "
        f"{marked(f'{it.low_days} days', it.marks, 'low_days')} left the level above has to answer within "
        f"{marked(f'{it.answer_hours:g} h', it.marks, 'answer_hours')}. A lot that expires within "
        f"{marked(f'{it.expiry_days} days', it.marks, 'expiry_days')} is said."
    )
