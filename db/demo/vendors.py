"""Companies that do the jobs: what they can, where they go, how they are rated."""

from decimal import Decimal

from asyncpg.pgproto.pgproto import UUID

from db.demo.clock import BEGINNING, DAY, PRESENT
from db.demo.names import Namer, fold
from db.demo.people import People
from db.demo.rows.directory import Company, VendorProfile, VendorServiceArea
from db.demo.world import Operator, Person, Vendor, World

SPECIALTIES = (
    "plumbing",
    "hvac",
    "electrical",
    "appliance",
    "roofing",
    "snow_removal",
    "locksmith",
    "pest_control",
    "handyman",
    "painting",
    "pool_spa",
    "landscaping",
    "windows_doors",
    "safety",
)
_TRADES = {
    "us": (
        "Plumbing & Heating",
        "Mechanical",
        "Electric",
        "Appliance Repair",
        "Roofing",
        "Plowing",
        "Lock & Key",
        "Pest Control",
        "Handyman",
        "Painting",
        "Hot Tubs",
        "Landscapes",
        "Glass & Doors",
        "Fire & Safety",
    ),
    "pt": (
        "Canalizações",
        "Climatização",
        "Electricidade",
        "Electrodomésticos",
        "Telhados",
        "Limpezas Técnicas",
        "Chaves & Fechaduras",
        "Desinfestações",
        "Reparações",
        "Pinturas",
        "Piscinas",
        "Jardins",
        "Caixilharia",
        "Segurança",
    ),
}
_ASSOCIATIONS = {
    "us": ("Aspen Highlands Owners Association", "Canyons Village Management Association"),
    "pt": ("Condomínio Marina de Vilamoura", "Associação de Moradores de Cabanas"),
}


class Trade:
    """One operator's vendors. Profiles are written last, when the ratings are known."""

    def __init__(self, world: World, operator: Operator, people: People, namer: Namer) -> None:
        self._world = world
        self._operator = operator
        self._people = people
        self._namer = namer
        self._since = BEGINNING - 640 * DAY
        self._vendors: list[Vendor] = []
        self._count = 0

    def contract(self) -> None:
        """Write the companies and their people; each specialty has two companies or more."""
        count = max(len(SPECIALTIES), round(30 * self._world.scale**0.55 * self._operator.share))
        for name in _ASSOCIATIONS[self._operator.nationality]:
            self._company(name, "association", f"office@{fold(name).replace(' ', '-')}.example.org", active=True)
        for number in range(count):
            self._contract(number)

    def _contract(self, number: int) -> None:
        specialty = number % len(SPECIALTIES)
        specialties = [SPECIALTIES[specialty], SPECIALTIES[(specialty + 1 + number // len(SPECIALTIES) * 3) % 14]]
        owner = self._people.local()
        name = f"{owner.full.split(' ', 1)[1]} {_TRADES[self._operator.nationality][specialty]}"
        if number >= 2 * len(SPECIALTIES):
            name = f"{name} {'LLC' if self._operator.nationality == 'us' else 'Lda.'}"
        host = f"{fold(owner.full.split(' ', 1)[1])}-{number}.example.com"
        stale = number % 10 == 9
        company_id = self._company(name, "vendor", f"jobs@{host}", active=not stale)
        people = [self._people.add("vendor", owner, self._since + DAY, company_id=company_id, host=host)]
        people += [
            self._people.add("vendor", self._people.local(), self._since + 30 * DAY, company_id=company_id, host=host)
            for _ in range(number % 3)
        ]
        vendor = Vendor(company_id, name, f"jobs@{host}", list(dict.fromkeys(specialties)), people)
        self._vendors.append(vendor)
        if not stale:
            for each in vendor.specialties:
                self._operator.vendors.setdefault(each, []).append(vendor)

    def _company(self, name: str, kind: str, email: str, *, active: bool) -> UUID:
        self._count = count = self._count + 1
        since = self._since + count % 300 * DAY
        company_id = self._world.ids.new(since)
        self._world.sink.add(
            Company(
                id=company_id,
                operator_id=self._operator.id,
                name=name,
                kind=kind,
                email=email if count % 9 else None,
                phone=self._namer.phone(self._operator.nationality) if count % 8 else None,
                active=active,
                tax_id=f"00-{1000000 + count}" if count % 4 else None,
                number=f"V{100 + count}" if count % 6 else None,
                external_id=f"company-{count:03d}" if count % 5 else None,
                external_user_id=f"vendor-user-{count:03d}" if count % 3 == 0 else None,
                created_at=since,
                updated_at=since if active else since + 500 * DAY,
                version=1 if active else 2,
            )
        )
        return company_id

    def rate(self, resorts: list[UUID]) -> None:
        """Write the profiles with what tenants thought, and the areas that each vendor serves."""
        for rank, vendor in enumerate(self._vendors, start=1):
            profile = self._profile(vendor, rank)
            self._world.sink.add(profile)
            for at in sorted({rank % len(resorts), (rank * 3 + 1) % len(resorts), (rank * 5 + 2) % len(resorts)}):
                area_id = self._world.ids.new(profile.created_at)
                self._world.sink.add(
                    VendorServiceArea(area_id, self._operator.id, profile.id, resorts[at], profile.created_at)
                )

    def _profile(self, vendor: Vendor, rank: int) -> VendorProfile:
        count = len(vendor.ratings)
        stale = rank % 10 == 0
        primary: Person | None = vendor.people[0] if rank % 7 else None
        return VendorProfile(
            id=self._world.ids.new(self._since),
            operator_id=self._operator.id,
            company_id=vendor.id,
            specialties=vendor.specialties,
            rating=Decimal(f"{sum(vendor.ratings) / count:.2f}") if count else None,
            rating_count=count,
            active=not stale,
            primary_contact_id=primary.id if primary else None,
            preferred_rank=None if stale or rank % 4 == 0 else rank,
            created_at=self._since,
            updated_at=PRESENT - rank * DAY if count else self._since,
            version=1 + count,
        )
