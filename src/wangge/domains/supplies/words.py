"""What the street says to people."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

PROBLEMS = {
    "supply_item": _("Choose what it is, or type the name of something new."),
    "supply_unit": _("Say in what it is counted: pieces, boxes, bags."),
    "supply_amount": _("Type a whole number from 1 to %(most)s."),
    "supply_counted": _("Type how many you counted: a whole number, 0 if there is nothing."),
    "supply_date": _("Type the day as it stands on the box, such as 2026-12-31, or leave it empty."),
    "supply_why": _("The count differs by %(by)s. Choose why."),
    "supply_came": _("Choose where it came from."),
    "store_name": _("Give the store a name, such as “community store room”."),
    "store_kind": _("Choose what kind of store it is."),
    "store_place": _("Choose where it lies."),
    "store_post": _("Choose who answers for it."),
    "store_grid": _("This grid is not one of the place you chose. Choose its community, or no grid."),
    "store_open_already": _("A store named %(name)s is open there already. Use it, or choose another name."),
    "store_closed": _("This store is closed: nothing is booked any more. Choose another one."),
    "store_not_empty": _("Something lies here or is on the way. Count it, send it on or take it in first."),
    "parcel_name": _("Give it a name, such as “vegetables, first round”."),
    "parcel_area": _("Choose for which area it is."),
    "parcel_empty": _("Choose at least one item, and how many of it each household gets."),
    "parcel_amounts": _("Type whole numbers for each size of household; not all of them 0."),
    "parcel_twice": _("An item stands twice. Put it into one line."),
    "parcel_no_response": _("No Response is open there: households are given parcels within one only."),
    "parcel_no_doors": _("No door lies in this area. Choose another one."),
    "parcel_closed": _(
        "This distribution is over: nothing is ticked any more. What was handed over since is booked by hand."
    ),
    "transfer_where": _("Choose the other store."),
    "transfer_same": _("That is the same store. Choose another one."),
    "transfer_over": _("Somebody has answered this transfer already. Look at it again."),
    "transfer_more": _("No more can arrive than the %(amount)s that were sent. Book what came besides as new."),
    "undone_already": _("This hand-over was taken back already. Nothing has to be done."),
    "undo_other": _("Only a hand-over of your own of the last hour can be taken back. Count the stock instead."),
    "shortage_answer": _("Choose what you do about it."),
    "shortage_day": _("Say by which day it comes: today or later, within %(most)s days."),
    "shortage_over": _("It does not run out any more. Nothing has to be done."),
}

KINDS = {
    "warehouse": pgettext_lazy("store", "warehouse"),
    "community": pgettext_lazy("store", "community"),
    "grid": pgettext_lazy("store", "grid"),
    "hotel": pgettext_lazy("store", "place of isolation"),
    "checkpoint": pgettext_lazy("store", "checkpoint"),
}
BOOKS = {
    "in": pgettext_lazy("ledger", "came in"),
    "used": pgettext_lazy("ledger", "used up"),
    "handed": pgettext_lazy("ledger", "handed over"),
    "parcel": pgettext_lazy("ledger", "parcels to households"),
    "sent": pgettext_lazy("ledger", "sent on"),
    "arrived": pgettext_lazy("ledger", "arrived from another store"),
    "back": pgettext_lazy("ledger", "came back"),
    "counted": pgettext_lazy("ledger", "counted"),
    "undone": pgettext_lazy("ledger", "hand-over taken back"),
}
CAME = {
    "bought": pgettext_lazy("supplies", "bought"),
    "given": pgettext_lazy("supplies", "a gift"),
    "office": pgettext_lazy("supplies", "from an office"),
}
WHYS = {
    "miscounted": pgettext_lazy("supplies", "counted wrongly before"),
    "broken": pgettext_lazy("supplies", "broken or spoilt"),
    "expired": pgettext_lazy("supplies", "expired, thrown away"),
    "missing": pgettext_lazy("supplies", "missing, nobody knows why"),
    "found": pgettext_lazy("supplies", "found, was never booked"),
}
WAYS = {
    "asked": pgettext_lazy("transfer of supplies", "asked for"),
    "on_way": pgettext_lazy("transfer of supplies", "on the way"),
    "arrived": pgettext_lazy("transfer of supplies", "arrived"),
    "declined": pgettext_lazy("transfer of supplies", "declined"),
    "back": pgettext_lazy("transfer of supplies", "not taken, back"),
}
ANSWERS = {
    "ordered": pgettext_lazy("shortage", "It is ordered and comes by a day"),
    "enough": pgettext_lazy("shortage", "We asked: it is enough there"),
}
BAGS = {
    "small": pgettext_lazy("parcel", "small"),
    "middle": pgettext_lazy("parcel", "middle"),
    "large": pgettext_lazy("parcel", "large"),
}
GIVEN = {
    "waiting": pgettext_lazy("parcel", "not yet"),
    "handed": pgettext_lazy("parcel", "handed over"),
    "absent": pgettext_lazy("parcel", "nobody there"),
    "refused": pgettext_lazy("parcel", "not wanted"),
}
