"""What the street says to people."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

PROBLEMS = {
    "sensor_code_wrong": _("Type the number that is printed on the device: 4 to 24 letters and digits."),
    "sensor_kind_missing": _("Choose what the device is for."),
    "sensor_place_missing": _("Choose the community that keeps the device."),
    "sensor_known": _(
        "The device %(number)s was issued already. Look for it in the list; there it can get a new secret."
    ),
    "sensor_retired": _("This device was taken out of use. Choose another."),
    "sensor_missing": _("Choose one of the devices in store."),
    "sensor_at_a_door": _("This device is still at a door. Have it taken off there first."),
    "sensor_no_order": _(
        "No order that stands for somebody behind this door lets a sensor be fitted under the rules in force. Fit none."
    ),
    "sensor_no_response": _("The Response is closed: nothing is fitted any more."),
    "sensor_none_here": _("No sensor is on duty at this door: nothing has to be noted."),
    "planned_ground_missing": _("Choose why the door will open."),
    "planned_hours_wrong": _("Choose for how many hours, from 1 to 24."),
}
KINDS = {"door": pgettext_lazy("sensor", "door sensor"), "smoke": pgettext_lazy("sensor", "smoke sensor")}
SAID = {
    "opened": pgettext_lazy("sensor", "door opened"),
    "closed": pgettext_lazy("sensor", "door closed"),
    "battery": pgettext_lazy("sensor", "battery"),
    "tampered": pgettext_lazy("sensor", "sensor was moved or opened"),
    "smoke": pgettext_lazy("sensor", "smoke"),
    "offline": pgettext_lazy("sensor", "no connection"),
}
SILENT = {
    "order_ended": pgettext_lazy("sensor", "no order stands here any more"),
    "safety": pgettext_lazy("sensor", "ended for safety"),
    "response_closed": pgettext_lazy("sensor", "the Response was closed"),
    "not_allowed": pgettext_lazy("sensor", "the rules in force now fit no sensors"),
    "taken_off": pgettext_lazy("sensor", "taken off"),
}
GROUNDS = {
    "doctor": pgettext_lazy("opening", "doctor"),
    "delivery": pgettext_lazy("opening", "delivery"),
    "test": pgettext_lazy("opening", "test"),
    "waste": pgettext_lazy("opening", "waste"),
}
HEALTH = {
    "never": pgettext_lazy("sensor", "never heard"),
    "offline": pgettext_lazy("sensor", "no connection"),
    "quiet": pgettext_lazy("sensor", "says nothing"),
    "battery": pgettext_lazy("sensor", "battery low"),
    "well": pgettext_lazy("sensor", "in order"),
}
REASONS = {
    "too_long": pgettext_lazy("sensor", "the message is too long"),
    "not_json": pgettext_lazy("sensor", "the message is no JSON"),
    "fields": pgettext_lazy("sensor", "a field is missing or wrong"),
    "number_reused": pgettext_lazy("sensor", "a number was used twice for different things"),
}
