"""Values that are written in many ways and kept in one, such as telephone numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from resolvers.commands.contract.problems import Invalid, Refused
from resolvers.commands.contract.work import Work
from resolvers.directory.addresses import read_currency, read_email, read_locale, read_phone, read_zone, region_of
from schema.assembly.names import camel

_READERS: Mapping[str, tuple[str, Callable[[str], str]]] = {
    "email": ("EMAIL_INVALID", read_email),
    "locale": ("LOCALE_INVALID", read_locale),
    "time_zone": ("TIME_ZONE_INVALID", read_zone),
    "currency": ("CURRENCY_INVALID", read_currency),
}
_OWN_PHONE = "SELECT phone FROM directory.companies WHERE id = $1"


async def spelled(work: Work, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values as they are kept. Raises Refused with all that are not what they should be."""
    readers = {**_READERS, "phone": ("PHONE_INVALID", await _phone_reader(work, values.get("phone")))}
    found, problems = dict(values), []
    for name, (code, read) in readers.items():
        if found.get(name) is None:
            continue
        try:
            found[name] = read(found[name])
        except ValueError as error:
            problems.append(Invalid(code, str(error), path=("input", camel(name))))
    if problems:
        raise Refused(*problems)
    return found


async def _phone_reader(work: Work, phone: str | None) -> Callable[[str], str]:
    """Numbers without a country are read as those of the operator's own."""
    national = phone is not None and not phone.lstrip().startswith("+")
    region = region_of(await work.value(_OWN_PHONE, work.viewer.operator_id)) if national else None
    return lambda text: read_phone(text, region)
