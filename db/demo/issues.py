"""What breaks in a home: the words, the trade and the price."""

from typing import NamedTuple


class Issue(NamedTuple):
    """A kind of defect. Prices in whole units of the currency."""

    type: str
    specialty: str
    season: str
    location: str
    titles: tuple[str, ...]
    descriptions: tuple[str, ...]
    scope: str
    done: str
    low: int
    high: int
    alarming: bool = False


ISSUES = (
    Issue(
        "plumbing",
        "plumbing",
        "",
        "Bathroom",
        ("Leak under the bathroom sink", "Toilet keeps running", "Slow drain in the shower"),
        (
            "There is a puddle under the sink every morning, I put a bucket there.",
            "Water does not stop after flushing.",
            "The shower fills up to the ankles within two minutes.",
        ),
        "Replace the trap and seals, test for leaks",
        "Replaced the trap and both seals; dry after thirty minutes under load.",
        120,
        680,
        alarming=True,
    ),
    Issue(
        "water_heater",
        "plumbing",
        "",
        "Utility closet",
        ("No hot water", "Water heater leaks", "Hot water runs out after five minutes"),
        (
            "Nobody has had a hot shower since yesterday evening.",
            "The tank drips from the relief valve and the pan is full.",
        ),
        "Replace the heating element and anode, flush the tank",
        "New element and anode, tank flushed, 52 °C at the tap.",
        260,
        2400,
        alarming=True,
    ),
    Issue(
        "heating",
        "hvac",
        "winter",
        "Living room",
        ("Heating does not come on", "Furnace shows error E4", "Bedroom radiator stays cold"),
        (
            "It is 12 °C inside and the thermostat clicks but nothing happens.",
            "Error E4 is blinking; we restarted it twice.",
            "One radiator is cold at the top, the others are fine.",
        ),
        "Diagnose, replace the ignitor, bleed the circuit",
        "Replaced the ignitor and bled the loop; holds 21 °C.",
        180,
        1900,
        alarming=True,
    ),
    Issue(
        "air_conditioning",
        "hvac",
        "summer",
        "Bedroom",
        ("Air conditioning blows warm", "AC unit drips on the floor"),
        ("The AC runs all night and it is still 28 °C.", "Water drips from the indoor unit onto the parquet."),
        "Clean coils, top up refrigerant, clear the condensate line",
        "Coils cleaned, line cleared, 9 °C drop at the outlet.",
        110,
        950,
    ),
    Issue(
        "electrical",
        "electrical",
        "",
        "Kitchen",
        ("Kitchen outlets are dead", "Breaker trips with the oven on", "Flickering lights in the hallway"),
        (
            "Three outlets on the counter went dead at once.",
            "Whenever the oven is on, the lights go out after ten minutes.",
        ),
        "Trace the circuit, replace the breaker",
        "Replaced a worn breaker and one outlet; load test passed.",
        140,
        860,
        alarming=True,
    ),
    Issue(
        "appliance",
        "appliance",
        "",
        "Kitchen",
        ("Dishwasher does not drain", "Refrigerator is warm", "Washing machine shakes loudly"),
        (
            "There is standing water after every cycle.",
            "The milk turned overnight, the fridge is at 14 °C.",
            "It walks across the room when spinning.",
        ),
        "Diagnose, replace the pump or control board",
        "Replaced the drain pump; two full cycles without error.",
        130,
        720,
    ),
    Issue(
        "roof_leak",
        "roofing",
        "winter",
        "Upper floor",
        ("Water stain on the ceiling", "Ice dam above the entrance"),
        (
            "A brown stain near the skylight is growing with every storm.",
            "A thick ridge of ice hangs over the door and it drips inside.",
        ),
        "Clear ice, reseal flashing around the skylight",
        "Flashing resealed, underlayment patched, dry after the last storm.",
        420,
        4800,
        alarming=True,
    ),
    Issue(
        "snow_access",
        "snow_removal",
        "winter",
        "Driveway",
        ("Driveway not plowed", "Roof snow slides onto the walkway"),
        (
            "We cannot get the car out, there are 40 cm of snow.",
            "Snow keeps sliding off the roof right where people walk.",
        ),
        "Plow and shovel, install snow guards over the walkway",
        "Plowed and sanded; six guards installed.",
        90,
        900,
    ),
    Issue(
        "lock",
        "locksmith",
        "",
        "Front door",
        ("Smart lock does not open", "Key broke in the lock", "Patio door does not lock"),
        ("The code is accepted but the bolt does not move.", "Half of the key is still in the cylinder."),
        "Replace the cylinder or lock body, program codes",
        "New lock body, codes programmed and tested with the tenant.",
        95,
        480,
        alarming=True,
    ),
    Issue(
        "pests",
        "pest_control",
        "summer",
        "Kitchen",
        ("Ants in the kitchen", "Mice in the attic", "Wasp nest at the balcony"),
        ("There is a trail from the window to the sugar.", "We hear scratching above the bedroom at night."),
        "Inspect, seal entries, treat twice",
        "Entries sealed, second treatment done, no activity on the monitors.",
        110,
        520,
    ),
    Issue(
        "general_repair",
        "handyman",
        "",
        "Hallway",
        ("Closet door off its rail", "Handrail is loose", "Blind does not roll up"),
        ("The sliding door fell out and is too heavy to put back.", "The rail at the stairs moves when you hold it."),
        "Repair and re-fix, replace hardware",
        "Re-fixed with longer anchors, all hardware tightened.",
        60,
        380,
    ),
    Issue(
        "paint_damage",
        "painting",
        "",
        "Living room",
        ("Wall damaged by luggage", "Paint peels in the bathroom"),
        ("A long dent and scrape along the hallway wall.", "Paint comes off above the shower in flakes."),
        "Fill, sand and paint two coats",
        "Filled and painted, colour matched to the file.",
        150,
        980,
    ),
    Issue(
        "hot_tub",
        "pool_spa",
        "",
        "Terrace",
        ("Hot tub does not heat", "Pool water is green", "Jets do not work"),
        ("The hot tub stays at 24 °C although it says 39.", "The water turned green over the weekend."),
        "Balance water, replace the heater relay",
        "Relay replaced, water balanced, 39 °C by evening.",
        140,
        1300,
    ),
    Issue(
        "irrigation",
        "landscaping",
        "summer",
        "Garden",
        ("Sprinkler sprays the terrace", "Fallen branch on the path"),
        (
            "The sprinkler at the corner waters the chairs every morning.",
            "A big branch came down last night and blocks the way.",
        ),
        "Adjust and replace heads, remove debris",
        "Two heads replaced, schedule set to early morning.",
        70,
        640,
    ),
    Issue(
        "broken_window",
        "windows_doors",
        "",
        "Living room",
        ("Cracked window pane", "Balcony door jams", "Draft from the bedroom window"),
        (
            "There is a crack from corner to corner.",
            "You have to lift the door to close it.",
            "You can feel the wind through the closed window.",
        ),
        "Measure, replace the pane, adjust hinges",
        "New double pane fitted, hinges adjusted, no draft.",
        190,
        1650,
    ),
    Issue(
        "smoke_alarm",
        "safety",
        "",
        "Hallway",
        ("Smoke detector chirps", "Carbon monoxide alarm went off", "Fire extinguisher expired"),
        (
            "It chirps every minute, also with a new battery.",
            "The alarm went off twice tonight; we opened all windows.",
        ),
        "Replace detectors, test the interlink",
        "Detectors replaced and interlinked, test certificate left.",
        80,
        420,
        alarming=True,
    ),
)

SMOKE_DETECTORS = next(issue for issue in ISSUES if issue.type == "smoke_alarm")
