"""What holds for every document that may be posted, tried out on one against the gateway."""

from __future__ import annotations

import pytest
from lxml import etree

from intacct.client import Intacct
from intacct.documents.held import Document
from intacct.errors import DuplicateDocument, OutcomeUnknown, Rejected
from intacct.post import Receipt, find_posted, post, read_back
from tests.intacct.local import Local


def enters_once(local: Local, books: Intacct, document: Document, key: str) -> Receipt:
    """Posted, found by its own key, equal to the cent, and refused under the same key again."""
    assert document.problems() == ()
    assert find_posted(books, document) is None

    receipt = post(books, document, key)

    assert receipt.key == key
    found = find_posted(books, document)
    assert found is not None
    assert found.key == document.key
    assert read_back(books, document) == ()
    with pytest.raises(DuplicateDocument):
        post(books, document, key)
    assert find_posted(books, document) == found  # one record: two would be an error
    return found


def is_found_when_its_answer_is_lost(
    local: Local, books: Intacct, document: Document, key: str
) -> Receipt:
    """Nobody can say, until Intacct is asked; it is there once, and equal."""
    find_posted(books, document)
    local.fault("lose_reply", function=etree.QName(document.wire()).localname)
    with pytest.raises(OutcomeUnknown):
        post(books, document, key)
    found = find_posted(books, document)
    assert found is not None
    assert read_back(books, document) == ()
    with pytest.raises(DuplicateDocument):
        post(books, document, key)
    assert find_posted(books, document) == found  # still one: two would be an error
    return found


def is_refused_twice(books: Intacct, document: Document, key: str, *words: str) -> str:
    """Told before it is sent, and by the gateway where it is sent all the same."""
    told = " ".join(problem.sentence for problem in document.problems())
    for word in words:
        assert word in told
    assert told, "a bad document has problems"
    with pytest.raises(Rejected) as refused:
        books.write(document.wire(), key=key, entity=document.entity)
    assert find_posted(books, document) is None
    return str(refused.value)
