"""What a user may not read is not told by another road either."""

from __future__ import annotations

import pytest

from tests.sandbox.intacct.speaking import LOGIN, READER, Gateway

CLERK = LOGIN.replace("bot_user", "ar_clerk")
JANUARY = "<reportingperiodname>Month Ended January 2026</reportingperiodname>"
US = "<locationid>100</locationid>"


@pytest.mark.parametrize(
    "name", ["get_accountbalances", "get_accountbalancesbydimensions", "get_trialbalance"]
)
def test_balances_are_for_those_who_may_read_the_ledger(shared: Gateway, name: str) -> None:
    call = f"<{name}>{JANUARY}{US}</{name}>"

    assert len(shared.done(call, READER)) > 1
    assert shared.refusal(call, CLERK)[0][1] == (
        f"You do not have permission for API operation {name} on objects of type GLDETAIL."
    )


def test_a_read_half_given_out_goes_on_for_its_user_only(shared: Gateway) -> None:
    call = "<readByQuery><object>GLBATCH</object><query/><pagesize>2</pagesize></readByQuery>"
    key = shared.done(call).get("resultId")
    by_id = f"<readMore><resultId>{key}</resultId></readMore>"

    for more in (by_id, "<readMore><object>GLBATCH</object></readMore>"):
        assert shared.refusal(more, CLERK)[0][0] == "readMore failed"
    assert shared.done(by_id).get("numremaining") == "2"
