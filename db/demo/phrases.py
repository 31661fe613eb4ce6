"""What people write: requests, comments, messages, reasons."""

REQUESTS: dict[str, tuple[tuple[str, str], ...]] = {
    "guest_request": (
        ("Late checkout on departure day", "Could we stay until 1 pm? Our flight leaves in the evening."),
        ("Extra towels and bed linen", "We are six now, could we get two more sets of towels and linen?"),
        ("Wifi password does not work", "The code on the card is not accepted by any of our phones."),
        ("Crib and high chair needed", "Travelling with a one-year-old: is a crib available?"),
        ("Firewood for the fireplace", "We would love to use the fireplace tonight, is there any wood?"),
        ("Noise from the neighbouring unit", "Loud music since midnight, the children cannot sleep."),
    ),
    "owner_request": (
        ("Owner's week in the calendar", "Please block the week for my family, and no turnover on Saturday."),
        ("Question about last statement", "The statement lists a repair that I do not remember approving."),
        ("Photos of the new sofa", "Could somebody send me pictures once the sofa is in place?"),
        ("Bicycles in the storage room", "Whose are the two bicycles in my storage room?"),
    ),
    "cleaning": (
        ("Turnover clean", "Standard turnover after departure."),
        ("Deep clean after long stay", "Three weeks of stay with a dog: carpets and upholstery too."),
        ("Missed spots after turnover", "Guest reports crumbs in the sofa and hair in the shower."),
        ("Mid-stay clean", "Guests asked for a clean and fresh linen in the middle of their stay."),
    ),
    "inspection_followup": (
        ("Follow-up: worn carpet on the stairs", "Noted during the inspection; tripping hazard on step four."),
        ("Follow-up: missing inventory", "Inspection found two chairs and a kettle missing."),
        ("Follow-up: filter due", "HVAC filter grey, replace before the season."),
        ("Follow-up: sealant in the shower", "Sealant has come off in one corner, renew within a month."),
    ),
    "inventory": (
        ("Restock welcome kits", "Coffee, soap and dishwasher tablets are below the minimum."),
        ("Replace broken glasses", "Four wine glasses broken, set incomplete."),
        ("Order light bulbs", "E27 warm white, pack of ten, storage is empty."),
        ("Count linen before the season", "Count and sort out what is worn."),
    ),
    "billing": (
        ("Refund of the cleaning fee", "Guest left early and asks for the cleaning fee back."),
        ("Invoice sent to the wrong address", "Please send the invoice again with our new address."),
        ("Charge for damaged lamp", "Deposit should cover the lamp, receipt attached."),
        ("Invoice not paid yet", "Our invoice of last month is still open on your side."),
    ),
    "general": (
        ("Key handover for the appraiser", "Appraiser comes on Thursday and needs access."),
        ("Parking permit for contractor", "City wants the plate number two days ahead."),
        ("Update the house manual", "Heating page still shows the old thermostat."),
        ("Delivery needs a signature", "Furniture comes between 9 and 12, somebody has to sign."),
    ),
}

ACCESS_NOTES = (
    "Key box by the side door.",
    "Dog at home, please call first.",
    "Gate code is with the front desk.",
    "Ring twice, the bell is weak.",
    "Parking on the street only.",
)

PUBLIC_COMMENTS = (
    "Thank you for letting us know, we are looking into it.",
    "Somebody will be there tomorrow morning.",
    "The part has been ordered and should arrive on Wednesday.",
    "We were there today and will come back with the right tools.",
    "Is somebody at home between 9 and 12?",
    "All set from our side, please tell us if anything is left.",
    "Sorry for the delay, the road was closed after the storm.",
    "Confirmed with the front desk.",
)
VENDOR_COMMENTS = (
    "On our way, about twenty minutes.",
    "Part is at the supplier, we pick it up on the way.",
    "Done for today, left the area clean.",
    "Could not park close by, thirty minutes late.",
)
INTERNAL_COMMENTS = (
    "Third time this year, let us talk to the owner about replacing it.",
    "Called twice, went to voicemail.",
    "Charge this to the owner, not to the reserve.",
    "Check warranty before we approve anything.",
    "Guest was friendly, wants to come back in March.",
    "Use the other vendor next time.",
    "Left a note for the morning shift.",
)
REQUESTOR_COMMENTS = (
    "Any news on this?",
    "Thank you, that works for me.",
    "It happened again this morning.",
    "I sent two more pictures.",
    "Great, everything is fine now.",
)
REPLIES = (
    "Hello {name}, thank you for your message. We have opened {number} and will get back to you shortly.",
    "Hello {name}, somebody from our team will take care of {number} today.",
    "Hello {name}, thanks for your patience. {number} is planned, we will confirm the time.",
)
FOLLOW_UPS = (
    "Thanks! After 4 pm would be best.",
    "Perfect, I will be home.",
    "Thank you, that was quick.",
    "Sorry to ask again, is there a time already?",
    "Please use the side door, the front one sticks.",
)
HOLD_REASONS = (
    "Waiting for a part",
    "Guest in house, no access before departure",
    "Waiting for the owner's answer",
    "Road closed by snow",
    "Insurance adjuster has to see it first",
)
CANCEL_NOTES = ("Solved by the tenant.", "Written for the wrong unit.", "Owner sells the home.")
JUSTIFICATIONS = ("Two quotes compared, this one is fair.", "Needed before the season.", "Safety first, approved.")
CONDITIONS = ("Keep the old parts for inspection", "Work on weekdays only", "Not above the approved amount")
REJECTIONS = ("Too expensive, please ask somebody else.", "Replace it in spring together with the other units.")
OVERRIDES = ("Emergency: water must be stopped at once", "Own staff does it", "Guest in house, no time for quotes")
FEEDBACK = (
    "Quick and friendly.",
    "Came late but did a good job.",
    "Very clean work!",
    "Had to ask twice.",
    "Would like to be told the price next time.",
    "Perfeito, obrigada!",
    "Excellent, thank you.",
)
