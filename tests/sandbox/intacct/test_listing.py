from __future__ import annotations

from lxml import etree

from sandbox.intacct.server import LocalIntacct
from tests.sandbox.intacct.speaking import Gateway, control, request, table

ODD = "a\x01b<c>&amp;\r\n\"d'\ufffe\U0001f600%s"
NAMES = (
    "<query><object>CUSTOMER</object><select><field>NAME</field><field>CUSTTYPE</field></select>"
    "<filter><equalto><field>CUSTOMERID</field><value>C1</value></equalto></filter></query>"
)


def test_every_text_comes_back_as_it_is_kept_but_for_what_xml_cannot_carry(
    gateway: Gateway, local: LocalIntacct
) -> None:
    local.books.run("UPDATE CUSTOMER SET NAME = ? WHERE CUSTOMERID = 'C1'", [ODD])

    for spread in ("true", "false"):
        head = control(more=f"<includewhitespace>{spread}</includewhitespace>")
        found = gateway.result(NAMES, head=head).find("data")
        assert found is not None
        assert table(found) == [{"NAME": "ab<c>&amp;\r\n\"d'\U0001f600%s", "CUSTTYPE": ""}]


def test_listings_stand_in_their_own_results_spread_like_the_rest(gateway: Gateway) -> None:
    both = request(NAMES, "<getDimensions/>", NAMES.replace("C1", "<?listing here?>C2"))
    body = gateway.post(both).content
    results = etree.fromstring(body).findall("operation/result")

    assert [one.findtext("data/CUSTOMER/NAME") for one in results] == [
        "Jane's Deli",
        None,
        "ORBIT <Holdings> & Co",
    ]
    assert b'numremaining="0">\n        <CUSTOMER>\n          <NAME>Jane' in body
    assert b"</CUSTOMER>\n      </data>\n    </result>" in body
