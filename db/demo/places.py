"""Where the homes are: two coasts of resorts, one in the snow, one in the sun."""

from typing import NamedTuple

from asyncpg.pgproto.pgproto import UUID

from db.demo.clock import BEGINNING, DAY
from db.demo.rows.directory import Area
from db.demo.world import World


class Resort(NamedTuple):
    """A resort and the way up to its country."""

    code: str
    name: str
    city: str
    region: str
    country: str
    streets: tuple[str, ...]
    houses: tuple[str, ...]


_SNOW = (
    "Timberline",
    "Elk Run",
    "Silver Spruce",
    "Lone Pine",
    "Juniper Ridge",
    "Aspen Grove",
    "Fox Hollow",
    "Bear Paw",
)
_SUN = ("Vila Mimosa", "Casa da Falésia", "Quinta do Sobreiro", "Vivenda Andorinha", "Casa Azul", "Vila Alfazema")

MOUNTAINS = (
    Resort(
        "ASP", "Aspen Highlands", "Aspen", "Colorado", "United States", ("Maroon Creek Rd", "Thunderbowl Ln"), _SNOW
    ),
    Resort("SNO", "Snowmass Base Village", "Snowmass", "Colorado", "United States", ("Wood Rd", "Carriage Way"), _SNOW),
    Resort("VAI", "Lionshead", "Vail", "Colorado", "United States", ("Frontage Rd W", "Lionshead Cir"), _SNOW),
    Resort("BRK", "Peak 8", "Breckenridge", "Colorado", "United States", ("Ski Hill Rd", "Grandview Dr"), _SNOW),
    Resort(
        "TEL", "Mountain Village", "Telluride", "Colorado", "United States", ("Sunny Ridge Pl", "Lost Creek Ln"), _SNOW
    ),
    Resort("PCY", "Canyons Village", "Park City", "Utah", "United States", ("Frostwood Dr", "Cooper Ln"), _SNOW),
    Resort("DVY", "Silver Lake", "Deer Valley", "Utah", "United States", ("Royal St", "Stein Way"), _SNOW),
)
COAST = (
    Resort("LAG", "Meia Praia", "Lagos", "Algarve", "Portugal", ("Rua das Conchas", "Estrada da Meia Praia"), _SUN),
    Resort(
        "VIL", "Marina de Vilamoura", "Vilamoura", "Algarve", "Portugal", ("Avenida da Marinha", "Rua do Sol"), _SUN
    ),
    Resort("TAV", "Cabanas", "Tavira", "Algarve", "Portugal", ("Rua da Ria", "Rua dos Pescadores"), _SUN),
    Resort("CAS", "Quinta da Marinha", "Cascais", "Lisboa", "Portugal", ("Rua das Palmeiras", "Avenida do Mar"), _SUN),
)


def add_areas(world: World) -> dict[str, UUID]:
    """Write the areas; the resorts' ids by their codes."""
    known: dict[tuple[str, ...], UUID] = {}
    resorts = {}
    for resort in (*MOUNTAINS, *COAST):
        path = (resort.country, resort.region, resort.city, resort.name)
        for depth, kind in enumerate(("country", "region", "city", "resort"), start=1):
            if path[:depth] not in known:
                moment = BEGINNING - 700 * DAY
                known[path[:depth]] = area_id = world.ids.new(moment)
                world.sink.add(Area(area_id, path[depth - 1], kind, known.get(path[: depth - 1]), moment))
        resorts[resort.code] = known[path]
    return resorts
