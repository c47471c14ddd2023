from __future__ import annotations

from lxml import etree

from tests.sandbox.intacct.speaking import (
    LOGIN,
    Gateway,
    control,
    errors,
    request,
    texts,
)

SETUP = "<getFinancialSetup/>"
SESSION = "<getAPISession/>"


def place(answer: etree._Element) -> str | None:
    return answer.findtext("operation/authentication/locationid")


def test_a_doctype_is_refused_and_entities_are_never_expanded(gateway: Gateway) -> None:
    bomb = '<!DOCTYPE request [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    body = request(SETUP).replace("<request>", f"{bomb}<request>").replace("from test", "&b;")

    answer = gateway.post(body).content

    assert b"XL03000003" in answer
    assert b"haha" not in answer


def test_an_unknown_entity_is_refused_by_session_and_by_login(gateway: Gateway) -> None:
    call = "<getAPISession><locationid>999</locationid></getAPISession>"
    login = LOGIN.replace("</login>", "<locationid>999</locationid></login>")

    assert gateway.refusal(call)[0][0] == "Get API Session Failed"
    assert texts(gateway.ask(SETUP, sign_in=login), "operation/authentication/status") == [
        "failure"
    ]


def test_the_pipe_form_of_a_company_enters_the_entity(gateway: Gateway) -> None:
    answer = gateway.ask(SETUP, sign_in=LOGIN.replace(">acme<", ">console|acme|200<"))

    assert place(answer) == "200"


def test_a_session_must_be_asked_for_alone(gateway: Gateway) -> None:
    answer = gateway.ask(SESSION, SETUP)

    assert texts(answer, "operation/result/status") == ["failure", "success"]


def test_an_unknown_transport_policy_is_refused(gateway: Gateway) -> None:
    answer = gateway.ask(SETUP, head=control(more="<policyid>p1</policyid>"))

    assert errors(answer) == [("XL03000006", "'p1' is not a valid transport policy.")]
    assert answer.find("operation") is None
