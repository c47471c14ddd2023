"""A refusal says which level it belongs to and holds one complaint per `error` element."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from lxml import etree

BAD_XML = "XL03000003"
NOT_ALLOWED_IN = "XL03000006"
ROLLED_BACK = "XL03000009"
COULD_NOT = "BL01001973"
ALREADY_THERE = "BL34000061"
MISSING_DIMENSION = "BL03000018"
PAID_TOO_MUCH = "XL03000027"
THROTTLED = "GW-0010"
WRONG_SENDER = "GW-0011"
# Numbers the vendor's documents do not give; each is written here and nowhere else.
NO_PERMISSION = "XL03000010"
SEEN_CONTROL_ID = "XL03000011"


@dataclass(frozen=True, slots=True)
class Complaint:
    """One `error`: number, texts, and what `showadditionalerrorinfo` adds to them."""

    errorno: str
    description: str = ""
    description2: str = ""
    correction: str = ""
    error_id: str = ""
    message_id: str = ""
    placeholders: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


class Refused(Exception):
    """A function, or a sign-in, is refused; `data` is what a result still shows of its work."""

    def __init__(self, *complaints: Complaint, data: etree._Element | None = None) -> None:
        super().__init__(
            "; ".join(c.description2 or c.description or c.errorno for c in complaints)
        )
        self.complaints = complaints
        self.data = data


def not_processed(text: str) -> Refused:
    """What `query` and its kind answer when they cannot be carried out."""
    return Refused(
        Complaint(ROLLED_BACK, "There was an error processing the function", text),
    )


def no_object(name: str, errorno: str = ROLLED_BACK) -> Refused:
    """The company has no object of this name."""
    return Refused(
        Complaint(
            errorno,
            "There was an error processing the function",
            f"Object definition {name} not found",
        )
    )
