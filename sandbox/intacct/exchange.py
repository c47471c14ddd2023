"""What one currency is worth in another on a day: as given, or as the company's rates say."""

from __future__ import annotations

from decimal import Decimal

from sandbox.intacct.refusal import COULD_NOT, Complaint, Refused
from sandbox.intacct.work import Work

RATES = """
SELECT e.EXCHANGE_RATE FROM EXCHANGERATEENTRY e
JOIN EXCHANGERATE r ON r.RECORDNO = e.EXCHANGERATEKEY
WHERE r.FROM_CURRENCY = ? AND r.TO_CURRENCY = ? AND e.EFFECTIVE_START_DATE <= ?
ORDER BY e.EFFECTIVE_START_DATE DESC
"""


def rate_of(work: Work, currency: str, base: str, day: str, given: Decimal | None) -> Decimal:
    """How much of the base currency one unit is worth; Refused where nobody says."""
    if currency == base:
        return Decimal(1)
    if given is not None and given > 0:
        return given
    row = work.books.row(RATES, [currency, base, day])
    if row is None:
        text = f"Exchange rate is missing for currency {currency}."
        raise Refused(Complaint(COULD_NOT, "", text))
    return Decimal(row[0])
