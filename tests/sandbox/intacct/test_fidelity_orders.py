from __future__ import annotations

from tests.sandbox.intacct.ordering import change, found, ledger, line, sale, wrote
from tests.sandbox.intacct.speaking import Gateway


def test_46_editing_an_order_entry_source_recreates_its_invoice_with_a_new_record_number(
    shop: Gateway,
) -> None:
    # 3 gadgets at 40.10 are 120.30; after the change 2 of them are 80.20.
    key = wrote(shop, sale("Sales Invoice", "F1", "K1", line("GADGET", "3", "40.10")))
    ((old, due, module),) = found(
        shop, "ARINVOICE", "RECORDNO,TOTALDUE,MODULEKEY", "CUSTOMERID = 'K1'"
    )
    assert (due, module) == ("120.30", "8.SO")
    assert found(shop, "SODOCUMENT", "PRRECORDKEY", f"DOCID = '{key}'") == [(old,)]

    edit = '<updatesotransitem line_num="1"><quantity>2</quantity></updatesotransitem>'
    assert wrote(shop, change("so", key, f"<updatesotransitems>{edit}</updatesotransitems>")) == key

    ((new, due),) = found(shop, "ARINVOICE", "RECORDNO,TOTALDUE", "CUSTOMERID = 'K1'")
    assert int(new) > int(old)
    assert due == "80.20"
    assert found(shop, "SODOCUMENT", "PRRECORDKEY", f"DOCID = '{key}'") == [(new,)]
    assert found(shop, "ARINVOICEITEM", "AMOUNT", f"RECORDKEY = '{new}'") == [("80.20",)]
    assert found(shop, "ARINVOICEITEM", "AMOUNT", f"RECORDKEY = '{old}'") == []
    assert found(shop, "CUSTOMER", "TOTALDUE", "CUSTOMERID = 'K1'") == [("80.20",)]
    assert ledger(shop, "CUSTOMERID = 'K1'") == [("1200", "80.20"), ("4000", "-80.20")]
    modes = found(
        shop,
        "AUDITHISTORY",
        "OBJECTKEY,ACCESSMODE",
        f"OBJECTTYPE = 'arinvoice' AND OBJECTKEY IN ('{old}', '{new}')",
    )
    assert sorted(modes) == sorted([(old, "create"), (old, "delete"), (new, "create")])


def test_46_deleting_the_source_deletes_its_invoice(shop: Gateway) -> None:
    key = wrote(shop, sale("Sales Invoice", "F2", "K2", line("HOUR", "1", "9")))
    ((number,),) = found(shop, "ARINVOICE", "RECORDNO", "CUSTOMERID = 'K2'")

    assert wrote(shop, f'<delete_sotransaction key="{key}"/>') == key

    assert found(shop, "ARINVOICE", "RECORDNO", "CUSTOMERID = 'K2'") == []
    assert found(shop, "CUSTOMER", "TOTALDUE", "CUSTOMERID = 'K2'") == [("0.00",)]
    assert ledger(shop, "CUSTOMERID = 'K2'") == []
    again = wrote(shop, sale("Sales Invoice", "F2", "K2", line("HOUR", "1", "9")))
    ((new,),) = found(shop, "ARINVOICE", "RECORDNO", "CUSTOMERID = 'K2'")
    assert (again, int(new) > int(number)) == (key, True)
