"""What members can get wrong with resources; the docstring of each is the sentence they read."""

from bot.errors import UserError


class AddressMissing(UserError):
    """A resource needs an address. Copy it from the browser, beginning with https://."""


class AddressNotWeb(UserError):
    """“{given}” is no web address that I can keep. Copy it from the browser, beginning with https://."""


class AddressWithPassword(UserError):
    """That address has a name or a password in it. Take out what stands before the @, and I keep the rest."""


class AddressWithoutHost(UserError):
    """“{given}” names no site. Copy the whole address from the browser, such as https://example.org/course."""


class AddressBroken(UserError):
    """That address has a space or a line break in it. Copy it once more, in one piece."""


class AddressTooLong(UserError):
    """That address has {length} characters, and I can keep {limit}. Look for a shorter one of that page."""


class AddressNotPublic(UserError):
    """“{given}” is an address that only your own network knows. Give one that everybody can open."""
