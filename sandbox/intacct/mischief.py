"""Answers no gateway should give, for seeing what a client makes of them."""

from __future__ import annotations

from dataclasses import replace

from sandbox.intacct.reply import Reply

CDN_PAGE = (
    b"<!DOCTYPE html><html><head><title>A timeout occurred</title></head><body>"
    b'<div id="cf-error-details"><h1>Error 524</h1><p>A timeout occurred</p></div></body></html>'
)
MEGABYTE = 1024 * 1024
GENERATIONS = 10


def garbled(status: int) -> Reply:
    """The page of a network in between."""
    return Reply(CDN_PAGE, status, "text/html; charset=UTF-8")


def billion_laughs() -> Reply:
    """A few hundred bytes that become ten thousand million when their entities are expanded."""
    steps = [b'<!ENTITY laugh0 "ha">']
    for number in range(1, GENERATIONS + 1):
        inner = f"&laugh{number - 1};".encode() * 10
        steps.append(b'<!ENTITY laugh%d "%s">' % (number, inner))
    body = (
        b'<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE response ['
        + b"".join(steps)
        + b"]><response><control><status>&laugh%d;</status></control></response>" % GENERATIONS
    )
    return Reply(body)


def padded(reply: Reply, megabytes: int) -> Reply:
    """The same answer with so much more in it, well formed and of no meaning."""
    part = b"<part>" + b"x" * (MEGABYTE - 13) + b"</part>"
    padding = b"<padding>" + part * megabytes + b"</padding>"
    return replace(reply, body=reply.body.replace(b"</response>", padding + b"</response>"))
