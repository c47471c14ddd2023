from __future__ import annotations

from tests.sandbox.intacct.ordering import change, found, ledger, line, sale, wrote
from tests.sandbox.intacct.speaking import Gateway


def test_46_editing_an_order_entry_source_recreates_its_invoice_with_a_new_record_number(
    trading: Gateway,
) -> None:
    # 3 gadgets at 40.10 are 120.30; after the change 2 of them are 80.20.
    key = wrote(trading, sale("Sales Invoice", "F1", "K1", line("GADGET", "3", "40.10")))
    ((old, due, module),) = found(
        trading, "ARINVOICE", "RECORDNO,TOTALDUE,MODULEKEY", "CUSTOMERID = 'K1'"
    )
    assert (due, module) == ("120.30", "8.SO")
    assert found(trading, "SODOCUMENT", "PRRECORDKEY", f"DOCID = '{key}'") == [(old,)]

    edit = '<updatesotransitem line_num="1"><quantity>2</quantity></updatesotransitem>'
    assert (
        wrote(trading, change("so", key, f"<updatesotransitems>{edit}</updatesotransitems>")) == key
    )

    ((new, due),) = found(trading, "ARINVOICE", "RECORDNO,TOTALDUE", "CUSTOMERID = 'K1'")
    assert int(new) > int(old)
    assert due == "80.20"
    assert found(trading, "SODOCUMENT", "PRRECORDKEY", f"DOCID = '{key}'") == [(new,)]
    assert found(trading, "ARINVOICEITEM", "AMOUNT", f"RECORDKEY = '{new}'") == [("80.20",)]
    assert found(trading, "ARINVOICEITEM", "AMOUNT", f"RECORDKEY = '{old}'") == []
    assert found(trading, "CUSTOMER", "TOTALDUE", "CUSTOMERID = 'K1'") == [("80.20",)]
    assert ledger(trading, "CUSTOMERID = 'K1'") == [("1200", "80.20"), ("4000", "-80.20")]
    modes = found(
        trading,
        "AUDITHISTORY",
        "OBJECTKEY,ACCESSMODE",
        f"OBJECTTYPE = 'arinvoice' AND OBJECTKEY IN ('{old}', '{new}')",
    )
    assert sorted(modes) == sorted([(old, "create"), (old, "delete"), (new, "create")])


def test_46_deleting_the_source_deletes_its_invoice(trading: Gateway) -> None:
    key = wrote(trading, sale("Sales Invoice", "F2", "K2", line("HOUR", "1", "9")))
    ((number,),) = found(trading, "ARINVOICE", "RECORDNO", "CUSTOMERID = 'K2'")

    assert wrote(trading, f'<delete_sotransaction key="{key}"/>') == key

    assert found(trading, "ARINVOICE", "RECORDNO", "CUSTOMERID = 'K2'") == []
    assert found(trading, "CUSTOMER", "TOTALDUE", "CUSTOMERID = 'K2'") == [("0.00",)]
    assert ledger(trading, "CUSTOMERID = 'K2'") == []
    again = wrote(trading, sale("Sales Invoice", "F2", "K2", line("HOUR", "1", "9")))
    ((new,),) = found(trading, "ARINVOICE", "RECORDNO", "CUSTOMERID = 'K2'")
    assert (again, int(new) > int(number)) == (key, True)
