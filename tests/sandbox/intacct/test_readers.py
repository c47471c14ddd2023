from __future__ import annotations

from lxml import etree

from sandbox.intacct.server import LocalIntacct
from tests.sandbox.intacct.speaking import Gateway, request, table, texts

TITLES = (
    "<query><object>DEPARTMENT</object><select><field>TITLE</field></select>"
    "<filter><equalto><field>DEPARTMENTID</field><value>OPS</value></equalto></filter></query>"
)
RENAME = "UPDATE DEPARTMENT SET TITLE = 'Works' WHERE DEPARTMENTID = 'OPS'"


def test_a_read_does_not_wait_for_a_write_and_sees_what_is_committed(
    gateway: Gateway, local: LocalIntacct
) -> None:
    with local.books.lock:
        local.books.run("BEGIN")
        local.books.run(RENAME)
        during = table(gateway.done(TITLES))
        local.books.run("COMMIT")

    assert (during, table(gateway.done(TITLES))) == (
        [{"TITLE": "Operations"}],
        [{"TITLE": "Works"}],
    )


def test_reads_of_one_transaction_see_its_own_writes(gateway: Gateway) -> None:
    budget = (
        "<create><GLBUDGETHEADER><BUDGETID>New</BUDGETID><DESCRIPTION>d</DESCRIPTION>"
        "</GLBUDGETHEADER></create>"
    )
    read = (
        "<readByQuery><object>GLBUDGETHEADER</object><query/><pagesize>1</pagesize></readByQuery>"
    )
    answer = etree.fromstring(gateway.post(request(budget, read, transaction="true")).content)
    found = answer.findall("operation/result/data")[1]
    more = f"<readMore><resultId>{found.get('resultId')}</resultId></readMore>"

    assert (found.get("totalcount"), found.get("numremaining")) == ("2", "1")
    assert texts(gateway.done(more), "glbudgetheader/BUDGETID") == ["New"]


def test_many_open_reads_push_out_the_oldest(gateway: Gateway) -> None:
    call = "<readByQuery><object>DEPARTMENT</object><query/><pagesize>1</pagesize></readByQuery>"
    first, *_, last = [gateway.done(call).get("resultId") for _ in range(101)]

    def more(result_id: str | None) -> str:
        return f"<readMore><resultId>{result_id}</resultId></readMore>"

    assert gateway.refusal(more(first))[0][0] == "readMore failed"
    assert texts(gateway.done(more(last)), "department/DEPARTMENTID") == ["OPS"]
