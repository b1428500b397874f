"""The page about door sensors: what follows from what a device says, from the rule itself."""

from markdown import page, table
from wangge.domains.sensors.rules import Opening, Said, Silent, Then, then

SAID = {
    Said.OPENED: "门开", Said.CLOSED: "门关", Said.BATTERY: "电量", Said.TAMPERED: "被动过", Said.SMOKE: "烟雾",
    Said.OFFLINE: "断线",
}  # fmt: skip
THEN = {
    Then.NOTHING: ("无", "nothing"),
    Then.ASK: (
        "问一句",
        "a call or a visit: do you need something? One open at a time for a door; nobody's status changes",
    ),
    Then.LOOK: ("去看看", "somebody looks at the device"),
    Then.HELP: ("救人", "the sensors of the stairwell are silent at once; 119 and the neighbours are called"),
}
SILENT = {
    Silent.ORDER_ENDED: ("措施已解除", "no order that fits sensors stands behind the door any more"),
    Silent.SAFETY: (
        "为安全已停",
        "fire, evacuation, a medical emergency, violence at home: one tap, no reason is asked",
    ),
    Silent.RESPONSE_CLOSED: ("响应已结束", "the Response was closed"),
    Silent.NOT_ALLOWED: ("现行规定不装", "the edition in force fits no sensors"),
    Silent.TAKEN_OFF: ("已拆下", "somebody took it off"),
}


def sensor_page() -> str:
    """Every thing a device can say, in every situation."""
    rows = [
        (f"`{said}`", SAID[said], *(f"`{then(Opening(said, *flags))}`" for flags in SITUATIONS.values()))
        for said in Said
    ]
    text = (
        "A sensor reports and never locks. It is on duty from its fitting until its ground is gone; then what it says "
        "is counted and not read. There is no breach: leaving is answered with a question, and after an ending "
        "for safety with nothing at all."
    )
    return page(
        "Door sensors (门磁)",
        text,
        table(("A device says", "中文", *SITUATIONS), rows),
        table(("What follows", "中文", "What it means"), [(f"`{one}`", *THEN[one]) for one in Then]),
        "## Silent\n\n" + table(("Why", "中文", "What it means"), [(f"`{one}`", *SILENT[one]) for one in Silent]),
    )


#: On duty, expected, asked about in the last hour.
SITUATIONS = {
    "on duty": (True, False, False),
    "on duty, and the opening was expected": (True, True, False),
    "on duty, and the door was asked about within the hour": (True, False, True),
    "off duty": (False, False, False),
}
