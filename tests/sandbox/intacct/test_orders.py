from __future__ import annotations

import pytest
from lxml import etree

from tests.sandbox.intacct.ordering import (
    change,
    found,
    ledger,
    line,
    line_keys,
    purchase,
    sale,
    state,
    wrote,
)
from tests.sandbox.intacct.speaking import IN_UK, READER, Gateway, texts
from tests.sandbox.intacct.trading import created, day, detail, payment


def test_a_sales_order_is_kept_with_its_lines_and_posts_nothing(shop: Gateway) -> None:
    key = wrote(
        shop,
        sale(
            "Sales Order",
            "S1",
            "K1",
            line("GADGET", "3", "19.99", last="<memo>blue</memo>"),
            line("HOUR", "1.5", "33.33"),
            more="<referenceno>PO 77</referenceno><shipto><contactname>Dock</contactname></shipto>",
        ),
    )
    head = found(
        shop,
        "SODOCUMENT",
        "DOCNO,DOCPARID,STATE,WHENCREATED,WHENDUE,TERMNAME,CUSTVENDNAME,TOTAL,TRX_TOTAL,PONUMBER,"
        "CURRENCY,PRRECORDKEY",
        f"DOCID = '{key}'",
    )
    lines = found(
        shop,
        "SODOCUMENTENTRY",
        "LINE_NO,ITEMID,ITEMDESC,QUANTITY,UIPRICE,TOTAL,CUSTOMERID,LOCATIONID,MEMO",
        f"DOCHDRID = '{key}'",
    )

    assert key == "Sales Order-S1"
    # 3 at 19.99 are 59.97; 1.5 at 33.33 are 49.995, rounded half up 50.00. Due 30 days later.
    assert head == [
        (
            *("S1", "Sales Order", "Pending", "02/03/2026", "03/05/2026", "N30", "Customer K1"),
            *("109.97", "109.97", "PO 77", "USD", ""),
        )
    ]
    assert lines == [
        ("0", "GADGET", "Gadget", "3", "19.99", "59.97", "K1", "100", "blue"),
        ("1", "HOUR", "Hour", "1.5", "33.33", "50.00", "K1", "100", ""),
    ]
    assert found(shop, "ARINVOICE", "RECORDNO", "CUSTOMERID = 'K1'") == []
    assert ledger(shop, "CUSTOMERID = 'K1'") == []


def test_read_nests_the_lines_and_paths_lead_to_party_contact_and_ledger(shop: Gateway) -> None:
    key = wrote(
        shop,
        sale(
            "Sales Invoice",
            "S2",
            "K2",
            line("HOUR", "1", "8"),
            more="<billto><contactname>Dock</contactname></billto>",
        ),
    )
    ((number,),) = found(shop, "SODOCUMENT", "RECORDNO", f"DOCID = '{key}'")
    nested = shop.done(
        f"<read><object>SODOCUMENT</object><keys>{number}</keys><fields>*</fields></read>"
    )
    dotted = shop.done(
        "<query><object>SODOCUMENT</object><select><field>CUSTOMER.NAME</field>"
        "<field>BILLTO.PRINTAS</field><field>ARINVOICE.TOTALDUE</field></select><filter><equalto>"
        f"<field>DOCID</field><value>{key}</value></equalto></filter></query>"
    )

    assert texts(nested, "SODOCUMENT/SODOCUMENTENTRIES/sodocumententry/LINE_NO") == ["0"]
    assert [one.text for one in dotted[0]] == ["Customer K2", "Loading dock", "8.00"]


def test_an_invoice_posts_to_the_accounts_of_its_items_and_the_control_account(
    shop: Gateway,
) -> None:
    call = sale(
        "Sales Invoice",
        "S3",
        "K3",
        line("GADGET", "2", "10.02").replace(
            "<price>", "<discountpercent>12.5</discountpercent><price>"
        ),
        line("HOUR", "3", "7"),
        more="<referenceno>their 9</referenceno><message>thanks</message>",
    )
    wrote(shop, call)

    # 2 at 10.02 less 12.5 % are 17.535, rounded half up 17.54; 3 at 7 are 21.00; 38.54 in all.
    assert ledger(shop, "CUSTOMERID = 'K3'") == [
        ("1200", "38.54"),
        ("4000", "-17.54"),
        ("4100", "-21.00"),
    ]
    assert found(
        shop,
        "ARINVOICE",
        "RECORDID,DOCNUMBER,DESCRIPTION,STATE,TOTALENTERED,TOTALDUE,WHENDUE,RECORDTYPE",
        "CUSTOMERID = 'K3'",
    ) == [("S3", "their 9", "thanks", "Posted", "38.54", "38.54", "03/05/2026", "ri")]
    assert found(shop, "CUSTOMER", "TOTALDUE", "CUSTOMERID = 'K3'") == [("38.54",)]
    assert found(shop, "GLBATCH", "JOURNAL,MODULE", "REFERENCENO = 'S3'") == [("ARJ", "8.SO")]


def test_a_vendor_invoice_is_a_bill_under_the_vendors_own_number(shop: Gateway) -> None:
    wrote(
        shop,
        purchase(
            "Vendor Invoice",
            "S4",
            "V4",
            line("GADGET", "2", "5.50"),
        ).replace("<returnto>", "<vendordocno>88213</vendordocno><returnto>"),
    )

    assert found(
        shop, "APBILL", "RECORDID,TOTALDUE,MODULEKEY,WHENDUE,TERMNAME", "VENDORID = 'V4'"
    ) == [("88213", "11.00", "9.PO", "02/13/2026", "N10")]
    assert ledger(shop, "VENDORID = 'V4'") == [("2000", "-11.00"), ("6000", "11.00")]
    assert found(shop, "VENDOR", "TOTALDUE", "VENDORID = 'V4'") == [("11.00",)]
    ((_, text),) = shop.refusal(
        purchase("Vendor Invoice", "S4b", "V4", line("GADGET", "1", "1")).replace(
            "<returnto>", "<vendordocno>88213</vendordocno><returnto>"
        )
    )
    assert text == "Another Bill with the given value(s) 88213  already exists"


def test_a_foreign_currency_is_booked_at_its_rate(shop: Gateway) -> None:
    money = "<currency>EUR</currency><exchrate>1.1005</exchrate>"
    key = wrote(shop, sale("Sales Invoice", "S5", "K5", line("GADGET", "1", "99.99"), more=money))

    # 99.99 at 1.1005 are 110.038995.
    assert found(shop, "SODOCUMENT", "TRX_TOTAL,TOTAL,CURRENCY,BASECURR", f"DOCID = '{key}'") == [
        ("99.99", "110.04", "EUR", "USD")
    ]
    assert found(shop, "ARINVOICE", "TRX_TOTALDUE,TOTALDUE", "CUSTOMERID = 'K5'") == [
        ("99.99", "110.04")
    ]
    assert ledger(shop, "CUSTOMERID = 'K5'") == [("1200", "110.04"), ("4000", "-110.04")]


def test_numbers_run_on_within_their_definition(shop: Gateway) -> None:
    def unnumbered(definition: str) -> str:
        call = sale(definition, "", "K6", line("HOUR", "1", "1"))
        return call.replace("<documentno></documentno>", "")

    wrote(shop, sale("Sales Quote", "SQ0041", "K6", line("HOUR", "1", "1")))

    assert wrote(shop, unnumbered("Sales Quote")) == "Sales Quote-SQ0042"
    assert shop.refusal(sale("Sales Quote", "SQ0042", "K6", line("HOUR", "1", "1"))) == [
        ("BL34000061", "Another Sales Quote with the given value(s) SQ0042  already exists")
    ]
    assert shop.refusal(unnumbered("Order by hand")) == [
        ("PL01000127", "Document Number is missing")
    ]


def test_an_update_changes_what_is_sent_and_appends_lines(shop: Gateway) -> None:
    key = wrote(
        shop,
        sale("Sales Order", "S7", "K7", line("GADGET", "1", "10"), line("HOUR", "1", "20")),
    )
    first, second = line_keys(shop, "SODOCUMENT", key)
    inside = (
        '<updatesotransitem line_num="2"><price>25</price><memo>dearer</memo></updatesotransitem>'
        f"<sotransitem>{line('GADGET', '2', '1')}</sotransitem>"
    )
    wrote(
        shop,
        change(
            "so", key, f"<message>new</message><updatesotransitems>{inside}</updatesotransitems>"
        ),
    )

    rows = found(shop, "SODOCUMENTENTRY", "RECORDNO,LINE_NO,TOTAL,MEMO", f"DOCHDRID = '{key}'")
    assert rows[:2] == [(first, "0", "10.00", ""), (second, "1", "25.00", "dearer")]
    assert [row[1:] for row in rows[2:]] == [("2", "2.00", "")]
    assert found(shop, "SODOCUMENT", "TOTAL,MESSAGE,STATE", f"DOCID = '{key}'") == [
        ("37.00", "new", "Pending")
    ]
    third = '<updatesotransitem line_num="4"><price>1</price></updatesotransitem>'
    ((_, text),) = shop.refusal(
        change("so", key, f"<updatesotransitems>{third}</updatesotransitems>")
    )
    assert text == "Sales Order-S7 has no line with line_num '4'."


def test_a_draft_invoice_posts_when_it_is_submitted_and_never_goes_back(shop: Gateway) -> None:
    call = sale("Sales Invoice", "S8", "K8", line("HOUR", "1", "5"), more="<state>Draft</state>")
    key = wrote(shop, call)
    assert found(shop, "ARINVOICE", "RECORDNO", "CUSTOMERID = 'K8'") == []

    wrote(shop, change("so", key, "<message>still a draft</message>"))
    assert state(shop, "SODOCUMENT", key) == "Draft"
    wrote(shop, change("so", key, "<state>Pending</state>"))

    assert found(shop, "ARINVOICE", "TOTALDUE", "CUSTOMERID = 'K8'") == [("5.00",)]
    assert shop.refusal(change("so", key, "<state>Draft</state>")) == [
        ("BL01001973", "A document that is Pending cannot become a draft again.")
    ]


def test_what_is_converted_can_be_neither_changed_nor_deleted(shop: Gateway) -> None:
    order = wrote(shop, sale("Sales Order", "S9", "K9", line("GADGET", "2", "5")))
    ((source,),) = found(shop, "SODOCUMENT", "RECORDNO", f"DOCID = '{order}'")
    key = line_keys(shop, "SODOCUMENT", order)[0]
    one = line("GADGET", "1", more=f"<sourcelinekey>{key}</sourcelinekey>")
    head = f"<createdfrom>{order}</createdfrom>"
    wrote(shop, sale("Sales Invoice", "S9", "K9", one, head=head))

    assert shop.refusal(change("so", order, "<message>no</message>")) == [
        ("BL01001973", "Sales Order-S9 is Partially Converted and cannot be updated.")
    ]
    for call in (
        f'<delete_sotransaction key="{order}"/>',
        f"<delete><object>SODOCUMENT</object><keys>{source}</keys></delete>",
    ):
        assert shop.refusal(call) == [
            ("BL01001973", "Sales Order-S9 is Partially Converted and cannot be deleted.")
        ]


def test_an_invoice_that_is_paid_holds_its_source_fast(shop: Gateway) -> None:
    key = wrote(shop, sale("Sales Invoice", "S10", "K10", line("GADGET", "1", "50")))
    ((number,),) = found(shop, "ARINVOICE", "RECORDNO", "CUSTOMERID = 'K10'")
    created(shop, payment(detail(number, "20"), customer="K10"))
    held = "Invoice S10 is Partially Paid: its source document cannot be changed or deleted."

    assert shop.refusal(change("so", key, "<message>no</message>")) == [("BL01001973", held)]
    assert shop.refusal(f'<delete_sotransaction key="{key}"/>') == [("BL01001973", held)]
    assert found(shop, "ARINVOICE", "RECORDNO,TOTALDUE", "CUSTOMERID = 'K10'") == [
        (number, "30.00")
    ]


def test_a_partial_update_moves_the_posting_date_and_nothing_else(shop: Gateway) -> None:
    key = wrote(shop, purchase("Vendor Invoice", "S11", "V11", line("HOUR", "1", "5")))
    later = day("dateposted", "2026-03-02")

    moved = f'<partialupdate_potransaction key="{key}">{later}</partialupdate_potransaction>'
    assert wrote(shop, moved) == key

    assert found(shop, "APBILL", "WHENCREATED,WHENPOSTED", "VENDORID = 'V11'") == [
        ("02/03/2026", "03/02/2026")
    ]
    assert found(shop, "GLDETAIL", "BATCH_DATE", "VENDORID = 'V11'") == [("03/02/2026",)] * 2
    wrong = moved.replace("</partial", "<message>no</message></partial")
    assert shop.refusal(wrong)[0][0] == "XL03000003"


def test_a_month_without_a_period_is_refused_and_nothing_is_left(shop: Gateway) -> None:
    call = sale("Sales Invoice", "S12", "K12", line("HOUR", "1", "5"))

    assert shop.refusal(call.replace("2026", "2031")) == [
        ("BL01001973", "There is no reporting period for 02/03/2031.")
    ]
    assert found(shop, "SODOCUMENT", "DOCID", "CUSTVENDID = 'K12'") == []


def test_a_reader_may_write_no_order_and_another_entity_sees_none(shop: Gateway) -> None:
    call = sale("Sales Order", "S13", "K13", line("HOUR", "1", "5"))
    refused = "You do not have permission for API operation CREATE on objects of type SODOCUMENT."
    assert shop.refusal(call, sign_in=READER)[0][1] == refused

    in_us = IN_UK.replace("200", "100")
    assert texts(shop.result(call, sign_in=in_us), "status") == ["success"]
    away = change("so", "Sales Order-S13", "<message>mine</message>")
    assert shop.refusal(away, sign_in=IN_UK) == [
        ("BL01001973", "Document 'Sales Order-S13' does not exist.")
    ]


WRONG = (
    (
        "<transactiontype>Sales Order",
        "<transactiontype>Sales Dream",
        "'Sales Dream' does not exist.",
    ),
    ("<customerid>K14", "<customerid>K99", "Customer 'K99' does not exist."),
    ("<itemid>HOUR", "<itemid>DAY", "Item 'DAY' does not exist."),
    ("<departmentid>SALES", "<departmentid>OLD", "Department 'OLD' is inactive."),
    ("<locationid>100", "<locationid>900", "Location '900' does not exist."),
    ("<locationid>100</locationid>", "", "Missing the Location dimension for item HOUR in line 1."),
    ("<quantity>1", "<quantity>0", "The quantity in line 1 cannot be 0."),
    ("<quantity>1", "<quantity>-1", "The quantity in line 1 cannot be -1."),
    ("<price>5", "<price>-5", "The price in line 1 is negative."),
    ("<quantity>1", "<quantity>one", "quantity: 'one' is not a number."),
    ("<sotransitems>", "<state>Lost</state><sotransitems>", "state cannot be 'Lost'."),
    ("<sotransitems>", "<state>Approved</state><sotransitems>", "state cannot be 'Approved'."),
    (
        "</sotransitems>",
        "</sotransitems><subtotals><subtotal><description>Tax</description></subtotal></subtotals>",
        "No subtotals are set up for this transaction definition.",
    ),
    ("</documentno>", "</documentno><termname>N99</termname>", "Term 'N99' does not exist"),
    (
        "</documentno>",
        "</documentno><billto><contactname>Nobody</contactname></billto>",
        "Contact 'Nobody' does not exist.",
    ),
    (
        "</documentno>",
        "</documentno><currency>CHF</currency>",
        "Exchange rate is missing for currency CHF.",
    ),
    (
        "</documentno>",
        "</documentno><basecurr>GBP</basecurr>",
        "The base currency is USD, not GBP.",
    ),
    ("<itemid>HOUR", "<memo>early</memo><itemid>HOUR", "Element 'itemid': This element is not"),
    ("<itemid>HOUR</itemid>", "", "Missing child element(s). Expected is ( itemid )."),
)


@pytest.mark.parametrize(("right", "wrong", "sentence"), WRONG)
def test_an_order_that_will_not_do_is_refused_in_words(
    shop: Gateway, right: str, wrong: str, sentence: str
) -> None:
    call = sale("Sales Order", "S14", "K14", line("HOUR", "1", "5"))
    assert right in call

    result = shop.result(call.replace(right, wrong))

    assert texts(result, "status") == ["failure"]
    assert sentence in etree.tostring(result, encoding="unicode").replace("\n", " ")
    assert found(shop, "SODOCUMENT", "DOCID", "CUSTVENDID = 'K14'") == []


def test_a_line_in_another_entity_is_refused_where_it_posts(shop: Gateway) -> None:
    abroad = line("HOUR", "1", "5").replace("<locationid>100", "<locationid>200")
    ((_, text),) = shop.refusal(sale("Sales Invoice", "S15", "K15", line("HOUR", "1", "5"), abroad))
    assert text == "The lines are in different currencies: GBP and USD."


def test_an_item_whose_account_will_not_have_it_is_refused_where_it_posts(shop: Gateway) -> None:
    nowhere = line("VISIT", "1", "5").replace("<departmentid>SALES</departmentid>", "")

    assert shop.refusal(sale("Sales Invoice", "S16", "K16", nowhere)) == [
        ("BL03000018", "Missing the Department dimension for Account 4200.")
    ]
    bought = purchase("Vendor Invoice", "S16", "V16", line("VISIT", "1", "5"))
    assert shop.refusal(bought) == [("BL01001973", "Account number '6999' is inactive.")]
    assert wrote(shop, sale("Sales Order", "S16", "K16", nowhere)) == "Sales Order-S16"


def test_what_an_order_posted_is_changed_at_the_order_and_nowhere_else(shop: Gateway) -> None:
    wrote(shop, sale("Sales Invoice", "S17", "K17", line("HOUR", "1", "5")))
    wrote(shop, purchase("Vendor Invoice", "S17", "V17", line("HOUR", "1", "5")))
    ((invoice,),) = found(shop, "ARINVOICE", "RECORDNO", "CUSTOMERID = 'K17'")
    ((bill,),) = found(shop, "APBILL", "RECORDNO", "VENDORID = 'V17'")
    on = day("datereversed", "2026-03-01")

    for call in (
        f'<update_invoice key="{invoice}"><description>x</description></update_invoice>',
        f'<reverse_invoice key="{invoice}">{on}</reverse_invoice>',
        f"<delete><object>ARINVOICE</object><keys>{invoice}</keys></delete>",
    ):
        assert shop.refusal(call)[0][1] == (
            "Invoice S17 was created in Order Entry and can only be changed or deleted there."
        )
    for call in (
        f"<update><APBILL><RECORDNO>{bill}</RECORDNO><WHENDUE>03/09/2026</WHENDUE></APBILL></update>",
        f'<reverse_bill key="{bill}">{on}</reverse_bill>',
        f"<delete><object>APBILL</object><keys>{bill}</keys></delete>",
    ):
        assert shop.refusal(call)[0][1] == (
            "Bill S17 was created in Purchasing and can only be changed or deleted there."
        )
