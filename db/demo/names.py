"""Names, addresses and telephone numbers; every number and mailbox is one that nobody has."""

import unicodedata
from functools import cache
from typing import NamedTuple

from db.demo.world import World

_PEOPLE = {
    "us": (
        "James Maria Robert Jennifer Michael Guadalupe David Aaliyah William Hannah Darnell Grace Tyler Naomi Caleb "
        "Sofía Mateo Priya Arjun Mei Kenji Destiny Cody Shanice Logan Ximena Owen Leilani Ezra Noor Wyatt Ingrid",
        "Smith Johnson Nuñez Williams Garcia Brown Martínez Nguyen Jones Patel Whitehorse Miller O'Brien Kim Davis "
        "Begay Lopez Wilson Chen Anderson Okafor Thomas Muñoz Taylor Yazzie Moore Ibáñez Jackson Larsen Washington",
    ),
    "pt": (
        "João Maria António Inês José Beatriz Francisco Mariana Duarte Leonor Tiago Catarina Rui Joana Gonçalo Sofia "
        "Vasco Matilde Luís Conceição Afonso Graça Nuno Fátima Simão Benedita",
        "Silva Santos Ferreira Pereira Oliveira Conceição Gonçalves Araújo Magalhães Falcão Tavares Lourenço Sequeira "
        "Quintão Brandão Simões Guimarães Teixeira Cordeiro Valadão Bettencourt",
    ),
    "gb": (
        "Oliver Amelia George Isla Harry Aoife Jack Siobhán Rhys Angharad Imran Zainab Callum Eilidh Kwame Freya",
        "Hughes Campbell Patel Ó'Sullivan Evans MacLeod Ahmed Walker Llewellyn Osei Thompson Begum Robertson Clarke",
    ),
    "de": (
        "Jürgen Anneliese Lukas Käthe Björn Sabine Maximilian Heike Florian Ülkü Sören Franziska Łukasz Zofia Wojciech "
        "Agnieszka",
        "Müller Schäfer Weiß Kröger Hoffmann Yilmaz Köhler Bauer Jäger Łukaszewicz Nowak Wójcik Schröder Großmann",
    ),
    "fr": (
        "Camille Étienne Zoé Benoît Chloé François Maëlle Rémi Inès Loïc Aurélie Théo Søren Astrid Åsa Björk",
        "Lefèvre Dubois Châtelain Moreau Béranger Nguyễn Benali Garçon Rousseau Lindström Sørensen Håkansson Noël",
    ),
}
_LOCALES = {"us": "en-US", "pt": "pt-PT", "gb": "en-GB", "de": "de-DE", "fr": "fr-FR"}
# Ranges kept for fiction: 555-0100 to 0199 of each area code, Ofcom's, the Bundesnetzagentur's, ARCEP's.
# Portugal keeps none: 99 is a prefix that it has not given out.
_US_AREAS = (
    "970 303 719 720 435 801 385 212 213 305 312 404 415 469 503 512 602 612 617 646 702 713 734 773 786 808 813 "
    "818 832 843 858 862 904 907 914 916 917 925 929 951 954 971 972 973 978 979 980 984 985 989 201 202 205 206 "
    "207 208 210 214 215 216 217 218 219 224 225 228 229 231 234 239 240 248 251 252 253 254 256 260 262 267 269 "
    "270 272 276 281 301 302 304 307 308 309 310 313 314 315 316 317 318 319 320 321 323 325 330 331 334 336 337 "
    "339 347 351 352"
)
_AREA_CODES = tuple(_US_AREAS.split())
_MAIL_HOSTS = ("example.com", "example.org", "example.net", "mail.example.com", "post.example.org", "box.example.net")
_UNFOLDED = str.maketrans({"Ł": "L", "ł": "l", "ø": "o", "Ø": "O", "ß": "ss", "'": ""})


class Name(NamedTuple):
    """A person's name, with what follows from it."""

    full: str
    locale: str
    nationality: str


@cache
def fold(text: str) -> str:
    """Text as it stands in a mail address: lower case, without accents."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_UNFOLDED))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).lower()


@cache
def _names_of(nationality: str) -> tuple[list[str], list[str]]:
    first, last = _PEOPLE[nationality]
    return first.split(), last.split()


class Namer:
    """Makes names, mail addresses and telephone numbers, each address and number once as long as they last."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._mailboxes: dict[str, int] = {}
        self._numbers: dict[str, int] = {}

    def name(self, nationality: str) -> Name:
        """A person of a nationality."""
        first, last = _names_of(nationality)
        between = self._world.between
        full = f"{first[between(0, len(first) - 1)]} {last[between(0, len(last) - 1)]}"
        return Name(full, _LOCALES[nationality], nationality)

    def mail(self, name: str, host: str | None = None) -> str:
        """An address that is no other's."""
        first, _, last = name.partition(" ")
        host = host or _MAIL_HOSTS[self._world.between(0, len(_MAIL_HOSTS) - 1)]
        mailbox = f"{fold(first)}.{fold(last).replace(' ', '.')}" if last else fold(first)
        self._mailboxes[mailbox] = seen = self._mailboxes.get(mailbox, 0) + 1
        return f"{mailbox}{seen if seen > 1 else ''}@{host}"

    def phone(self, nationality: str) -> str:
        """A number in E.164."""
        self._numbers[nationality] = count = self._numbers.get(nationality, -1) + 1
        if nationality == "us":
            area = _AREA_CODES[count % len(_AREA_CODES)]
            return f"+1{area}5550{100 + count // len(_AREA_CODES) % 100}"
        if nationality == "gb":
            return f"+447700900{count % 1000:03d}" if count % 2 else f"+442079460{count % 1000:03d}"
        if nationality == "de":
            return f"+493023125{count % 1000:03d}"
        if nationality == "fr":
            return f"+3363998{count % 10_000:04d}"
        return f"+35199{count % 10_000_000:07d}"
