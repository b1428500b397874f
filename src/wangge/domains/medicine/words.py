"""What the street says to people."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

PROBLEMS = {
    "need_open_own": _(
        "This medicine is known already and on its way. To see where it is, use the address you were given."
    ),
    "needs_many": _("Many medicines are under way for you already. Call your community about further ones."),
    "need_of_the_dead": _("This person has died: nothing is bought or brought any more."),
    "medicine_no_response": _(
        "No Response is open here, so that nothing about people’s medicine may be kept. Help directly, and tell your "
        "community."
    ),
    "medicine_nobody_answers": _("No post answers for this home. Tell your community: a post has to be made first."),
    "need_already_open": _(
        "%(name)s has an open need for this medicine already. Open that one: it is one thing, and one deadline."
    ),
    "need_is_over": _("This need is over. If the medicine runs out again, take a new one."),
    "need_name": _("Write the name as it stands on the box, or add a photo of the prescription or the box."),
    "need_phone": _("This is no telephone number. Write 5 to 15 digits, or leave it empty."),
    "need_left": _("Say how many are left: a number, 0 if it is finished. Count the tablets, not the boxes."),
    "need_per_day": _("Say how many a day: a number such as 1, 2 or 0.5."),
    "need_no_dose": _("A dose of 0 a day needs no medicine. Ask how many are taken each day."),
    "photo_big": _("This picture is larger than %(most)s MB. Take it again with a smaller size, or write the name."),
    "photo_unread": _("This file is no picture we can read. Send a JPEG, PNG or WebP, or write the name instead."),
    "prescriptions_many": _("There are %(most)s pictures already. That is enough; write the rest in words."),
    "medicine_place": _("Choose a hospital or pharmacy."),
    "buyer_missing": _("Choose who buys it."),
    "buyer_without_post": _("%(name)s holds no post that reaches this home any more. Choose somebody else."),
    "buy_receipt": _("Write the number of the receipt, or “none” where there is none."),
    "money_unread": _("Write the amount in yuan, such as 36.50; at most 20,000."),
    "hand_what": _("Write what was handed over."),
    "medicine_count": _("Write how many, such as 2 boxes."),
    "hand_received": _("Choose who took it."),
    "hand_taker": _("Write the name of whoever took it."),
    "medicine_why": _("Say why in a few words."),
    "substitute_name": _("Write the name of the other medicine."),
    "substitute_doctor": _("Another medicine only on a doctor’s word: write the doctor’s name and hospital."),
    "call_how": _("Choose how you called."),
    "call_before_delivery": _("Nothing was brought yet. Call about it, but note this call once it is there."),
    "move_not_now": _("Somebody has moved this need on meanwhile. Look at where it stands now."),
    "not_in_your_hand": _("This need is in somebody else’s hand. Only they can note this step."),
    "bringer_closes_nothing": _(
        "You brought it yourself: the patient or somebody else says that it arrived. Ask a colleague to call."
    ),
    "nudged_already": _("Your community has heard it within the last hour. In an emergency call 120."),
    "card_in_a_hand": _("This card is in a hand already: %(who)s has it. They offer it to you, then you take it."),
    "card_not_yours": _("This card is not in your hand. Only its holder gives it on or back."),
    "card_to_whom": _("Choose somebody else who holds a post that reaches this home."),
    "card_not_offered": _("This card is not offered to you. Ask its holder to offer it."),
    "card_holder_is_there": _("Its holder can give it on themselves. Ask them to offer it to you."),
    "card_left_already": _("This card has left that hand already. Look at the list again: nothing has to be done."),
    "errands_nobody": _("Choose at least one who walks now."),
    "errands_nothing": _("Nothing was bought that waits to be brought."),
    "errands_no_planner": _("This server cannot plan rounds. Print the list: it stands by deadline."),
    "cards_counted": _("Write how many cards you have in your hand: a number, 0 for none."),
}

STATES = {
    "taken": pgettext_lazy("medicine", "taken"),
    "placed": pgettext_lazy("medicine", "hospital or pharmacy chosen"),
    "buying": pgettext_lazy("medicine", "is being bought"),
    "bought": pgettext_lazy("medicine", "bought"),
    "on_way": pgettext_lazy("medicine", "on the way"),
    "delivered": pgettext_lazy("medicine", "brought, waits for the patient’s word"),
    "not_received": pgettext_lazy("medicine", "the patient has not received it"),
    "closed": pgettext_lazy("medicine", "received"),
    "unconfirmed": pgettext_lazy("medicine", "brought, not confirmed"),
    "not_needed": pgettext_lazy("medicine", "not needed any more"),
    "hospital": pgettext_lazy("medicine", "taken to hospital"),
    "died": pgettext_lazy("medicine", "has died"),
    "ended": pgettext_lazy("medicine", "ended with the Response"),
}
MOVES = {
    "": pgettext_lazy("medicine", "Taken down"),
    "place": pgettext_lazy("medicine", "Choose hospital or pharmacy"),
    "give": pgettext_lazy("medicine", "Say who buys"),
    "hand_on": pgettext_lazy("medicine", "Give to another hand"),
    "buy": pgettext_lazy("medicine", "Bought"),
    "set_out": pgettext_lazy("medicine", "On the way"),
    "hand_over": pgettext_lazy("medicine", "Handed over"),
    "receive": pgettext_lazy("medicine", "The patient has it"),
    "confirm": pgettext_lazy("medicine", "Looked as the second person, not confirmed"),
    "out_of_stock": pgettext_lazy("medicine", "Not in stock there"),
    "wrong": pgettext_lazy("medicine", "Wrong medicine"),
    "not_received": pgettext_lazy("medicine", "Not received"),
    "substitute": pgettext_lazy("medicine", "Another medicine on a doctor’s word"),
    "not_needed": pgettext_lazy("medicine", "Not needed any more"),
    "hospital": pgettext_lazy("medicine", "Taken to hospital"),
    "lose_buyer": pgettext_lazy("medicine", "The buyer has left their post"),
    "died": pgettext_lazy("medicine", "Has died"),
    "end": pgettext_lazy("medicine", "Ended with the Response"),
}
SOURCES = {
    "door": pgettext_lazy("medicine", "at the door"),
    "phone": pgettext_lazy("medicine", "on the telephone"),
    "page": pgettext_lazy("medicine", "on their own page"),
    "answer": pgettext_lazy("medicine", "an answer at the door"),
    "report": pgettext_lazy("medicine", "a daily report"),
    "help": pgettext_lazy("medicine", "a request for help"),
}
RECEIVED = {
    "patient": pgettext_lazy("medicine", "the patient"),
    "family": pgettext_lazy("medicine", "somebody who lives there"),
    "neighbour": pgettext_lazy("medicine", "a neighbour, as agreed"),
    "left": pgettext_lazy("medicine", "put down at the door: nobody goes in there"),
}
CALLS = {
    "phone": pgettext_lazy("medicine", "telephone"),
    "wechat": pgettext_lazy("medicine", "WeChat video"),
    "jitsi": pgettext_lazy("medicine", "video link"),
}
HANDS = {
    "passed": pgettext_lazy("card", "given on"),
    "returned": pgettext_lazy("card", "given back to the patient"),
    "fetched": pgettext_lazy("card", "fetched"),
}
AWAY = {
    "order": pgettext_lazy("card", "the holder is under an order themselves"),
    "left": pgettext_lazy("card", "the holder has left their post"),
}
#: Names that are asked for most; anything else is typed.
COMMON = ("硝苯地平缓释片", "氨氯地平片", "二甲双胍片", "阿卡波糖片", "胰岛素笔芯", "阿司匹林肠溶片", "阿托伐他汀钙片",
          "美托洛尔片", "硝酸甘油片", "左甲状腺素钠片", "沙丁胺醇气雾剂", "丙戊酸钠缓释片")  # fmt: skip
