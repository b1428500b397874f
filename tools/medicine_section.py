"""What an edition says of medicine, in words."""

from markdown import both, marked, table
from wangge.domains.protocol.rules_medicine import Medicine


def medicine_section(it: Medicine) -> str:
    """Until when medicine is at the door, and how long each part of its path may take."""
    facts = (
        f"{both(it.rule)}. Clause: {it.clause}. At the door {marked(f'{it.margin:g} h', it.marks, 'margin_hours')} "
        f"before the last dose; nobody is given less than {marked(f'{it.soonest:g} h', it.marks, 'soonest_hours')}. "
        f"With less than {marked(f'{it.urgent:g} h', it.marks, 'urgent_hours')} left it goes up a level by itself."
    )
    rows = [(f"`{part}`", marked(f"{hours:g} h", it.marks, "hold_hours")) for part, hours in it.hold.items()]
    return f"## Medicine (用药)\n\n{facts}\n\n" + table(("Part of the path", "In one hand for"), rows)
