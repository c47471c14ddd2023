"""Rights as the local gateway tells them."""

from __future__ import annotations

import pytest

from intacct.errors import Refused
from intacct.read.rights import read_rights
from tests.intacct.read.conftest import Shared


def test_a_user_who_may_write_has_more_rights_than_one_who_reads(shared: Shared) -> None:
    def may(user: str) -> dict[tuple[str, str], frozenset[str]]:
        return {(one.application, one.policy): one.may for one in read_rights(shared.books, user)}

    journal = ("General Ledger", "GLBATCH")
    assert may("bot_user")[journal] == {"List", "View", "Add", "Edit", "Delete"}
    assert may("reader")[journal] == {"List", "View"}
    assert journal not in may("ar_clerk")


def test_a_user_nobody_knows_is_refused(shared: Shared) -> None:
    with pytest.raises(Refused, match="nobody"):
        read_rights(shared.books, "nobody")
