"""Addresses in the one form in which they are kept and compared."""

from __future__ import annotations

import re

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from phonenumbers import NumberParseException, PhoneNumberFormat

from resolvers.currencies import is_currency
from resolvers.zones import find_zone

_LOCALE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*", re.IGNORECASE | re.ASCII)


def read_phone(text: str, region: str | None = None) -> str:
    """A telephone number in E.164 form. A national one is of the region, such as "US".

    Raises ValueError with the mending in words.
    """
    try:
        number = phonenumbers.parse(text, region)
    except NumberParseException:
        number = None
    if number is None or not phonenumbers.is_possible_number(number):
        raise ValueError("This is no telephone number. Write it with its country, as in +1 970 555 0134.")
    if number.extension:
        raise ValueError("A telephone number is kept without an extension. Write it into a note.")
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def region_of(phone: str | None) -> str | None:
    """Where a number in E.164 form is from, such as "US"; none where it does not tell."""
    return phonenumbers.region_code_for_number(phonenumbers.parse(phone)) if phone else None


def read_email(text: str) -> str:
    """An address in lower case: nobody tells two mailboxes apart by capitals.

    Raises ValueError with what is wrong.
    """
    try:
        return validate_email(text, check_deliverability=False).normalized.lower()
    except EmailNotValidError as error:
        raise ValueError(f"This is no e-mail address: {error}") from None


def read_zone(text: str) -> str:
    """The name of a time zone. Raises ValueError with the mending in words."""
    if find_zone(text) is None:
        raise ValueError("There is no such time zone. Write its IANA name, such as America/Denver.")
    return text


def read_locale(text: str) -> str:
    """A language. Raises ValueError with the mending in words."""
    if not _LOCALE.fullmatch(text):
        raise ValueError("This is no language tag. Write one of BCP 47, such as en-US.")
    return text


def read_currency(text: str) -> str:
    """The code of a currency. Raises ValueError with the mending in words."""
    if not is_currency(text):
        raise ValueError("There is no such currency. Write its code of ISO 4217, such as USD.")
    return text
