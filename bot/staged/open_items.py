"""Open documents, customers, vendors and terms as the copy has them.

Each is what the reader of the same name in `intacct/read` gives, from the same texts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

import pandas as pd
from sqlalchemy import Engine

from analytics.ledger.party import Party
from analytics.ledger.terms import Terms
from bot.staged.masters import base_currency, elements, texts_of
from intacct.read.open_items import NOT_POSTED, RECEIVABLES, Source, fields_of, open_items_in
from intacct.read.parties import parties_in
from intacct.read.query import NUMBER, Texts
from intacct.read.terms import terms_in


def staged_open_items(
    store: Engine, sources: Sequence[Source] = RECEIVABLES, parties: Sequence[str] = ()
) -> pd.DataFrame:
    """An open items frame: the posted documents of these kinds that have something left.

    No parties named means all of them. Credit memos, advances and bills are negative.
    """
    return open_items_in(
        _documents(store, sources, frozenset(parties)), partial(base_currency, store)
    )


def customers(store: Engine) -> tuple[Party, ...]:
    """The customers by id, active or not."""
    return parties_in("CUSTOMER", elements(store, "CUSTOMER"), partial(base_currency, store))


def vendors(store: Engine) -> tuple[Party, ...]:
    """The vendors by id, active or not."""
    return parties_in("VENDOR", elements(store, "VENDOR"), partial(base_currency, store))


def customer_terms(store: Engine) -> tuple[Terms, ...]:
    """The terms customers pay by, in the order they were entered, active or not."""
    return tuple(map(terms_in, elements(store, "ARTERM")))


def vendor_terms(store: Engine) -> tuple[Terms, ...]:
    """The terms we pay vendors by, in the order they were entered, active or not."""
    return tuple(map(terms_in, elements(store, "APTERM")))


def _documents(
    store: Engine, sources: Sequence[Source], parties: frozenset[str]
) -> Iterator[tuple[Source, Texts]]:
    for source in sources:
        for number, fields in texts_of(store, source.name):
            wanted = not parties or fields[source.party] in parties
            if wanted and fields["STATE"] not in NOT_POSTED:
                said = {NUMBER: str(number), **fields}
                yield source, tuple(said[field] for field in fields_of(source))
