from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

from sandbox.intacct.command import intacct
from tests.sandbox.intacct.speaking import Gateway, request, texts


def started(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "sandbox", "intacct", "--port", "0", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_one_line_says_how_to_sign_in_and_a_signal_ends_it_cleanly(
    company: Path, number: signal.Signals
) -> None:
    with started("--company", str(company), "--per-minute", "1") as process:
        assert process.stdout is not None
        said = json.loads(process.stdout.readline())
        with httpx.Client() as client:
            gateway = Gateway(client, said["url"])
            answer = gateway.ask("<getFinancialSetup/>")
            second = gateway.post(request("<getFinancialSetup/>"))
            page = client.get(said["page"])
        process.send_signal(number)
        out, err = process.communicate(timeout=20)

    assert (process.returncode, out, err) == (0, "", "")
    assert texts(answer, "operation/result/status") == ["success"]
    assert (page.status_code, second.status_code) == (200, 429)
    assert {key: said[key] for key in said if key not in ("url", "page")} == {
        "sender_id": "sandbox_sender",
        "sender_password": "sender_pw",
        "company_id": "acme",
        "user_id": "bot_user",
        "user_password": "pw!",
    }


def test_the_demo_company_is_made_once_and_kept_where_asked(tmp_path: Path) -> None:
    kept = tmp_path / "demo"
    names = []
    for _ in range(2):
        with started("--as-of", "2026-03-15", "--data", str(kept)) as process:
            assert process.stdout is not None
            said = json.loads(process.stdout.readline())
            with httpx.Client() as client:
                gateway = Gateway(client, said["url"])
                heads = gateway.sandbox("tables/GLBUDGETHEADER").json()
                names.append([head["BUDGETID"] for head in heads])
                gateway.done(
                    "<create><GLBUDGETHEADER><BUDGETID>Mine</BUDGETID>"
                    "<DESCRIPTION>d</DESCRIPTION></GLBUDGETHEADER></create>"
                    if len(names) == 1
                    else "<getFinancialSetup/>"
                )
            process.terminate()
            process.communicate(timeout=20)

    assert names[0]
    assert names[1] == [*names[0], "Mine"]


def test_a_company_that_is_not_there_and_a_taken_port_are_said_in_one_sentence(
    company: Path, tmp_path: Path
) -> None:
    missing = CliRunner().invoke(intacct, ["--company", str(tmp_path / "none")])
    with started("--company", str(company)) as process:
        assert process.stdout is not None
        port = json.loads(process.stdout.readline())["url"].split(":")[2].split("/")[0]
        taken = CliRunner().invoke(intacct, ["--company", str(company), "--port", port])
        process.terminate()
        process.communicate(timeout=20)

    assert missing.exit_code == taken.exit_code == 1
    assert missing.output.startswith("Error: there is no company at")
    assert taken.output.startswith(f"Error: port {port} cannot be had")
