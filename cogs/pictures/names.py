"""What a picture calls the member whose it is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Name:
    """What a member is called, and their user name, which is in plain letters and can always be written."""

    display: str
    user: str
