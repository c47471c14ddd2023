"""Every text people read, and what may not stand in one: live mentions, raw values, secrets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sandbox.slack.validate.finding import Problem

PLAIN, MRKDWN = "plain", "mrkdwn"
KIND = {
    "mrkdwn": MRKDWN,
    "markdown": MRKDWN,
    "plain_text": PLAIN,
    "raw_text": PLAIN,
    "raw_number": PLAIN,
    "text": PLAIN,
}
SPOKEN = {"title", "subtitle", "body", "caption", "alt_text", "label", "name", "text"} | {
    "x_label",
    "y_label",
    "description",
    "accessibility_label",
    "fallback",
}

RINGS = re.compile(r"<!(?:channel|here|everyone|subteam\^)")
KNOWN_SIGN = re.compile(
    r"<@[UW][A-Z0-9]+(?:\|[^<>]*)?>|<#[CG][A-Z0-9]+(?:\|[^<>]*)?>|<!date\^[^<>]*>"
    r"|<(?:https?://|mailto:|tel:)[^<>]*>"
)
BARE_SIGN = re.compile(r"[<>]|&(?!amp;|lt;|gt;)")
DATE = re.compile(r"<!date\^(\d+)\^([^|<>^]*)(?:\^[^|<>]*)?(?:\|([^<>]*))?>")
ZONE = re.compile(r"\b(?:UTC|GMT|[A-Z]{2,4}T)\b|[+-]\d\d:?\d\d")
RAW = (
    (re.compile(r"\b(?:None|nan|NaN|null|undefined|Infinity)\b"), "shows a raw {}"),
    (re.compile(r"\d[.,]\d{5,}|\b\d+(?:\.\d+)?[eE][+-]\d{2,}\b"), "shows the raw float {}"),
    (
        re.compile(r"(?<![\d.,/-])(?!20\d\d\.)\d{4,}\.\d{2}\b"),
        "shows {} without thousands separators",
    ),
    (
        re.compile(r"\b(?:Decimal|datetime|date|Period|Money|dict_\w+)\(|<\w+ object at|b'"),
        "shows {}",
    ),
    (re.compile(r"(?<![`\w])\{[a-z_.]+\}"), "shows the unfilled place {}"),
    (re.compile(r"Traceback \(most recent|File \"[^\"]+\", line \d+"), "shows a stack trace: {}"),
)
SECRET = re.compile(
    r"xox[a-z]-[\w-]{6,}|xapp-[\w-]{6,}|\bsk-[A-Za-z0-9]{16,}|\bAKIA[A-Z0-9]{12,}"
    r"|-----BEGIN|\b(?:password|passwd|secret|api_key)\s*[=:]\s*\S|\bBearer\s+\S{8,}"
    r"|[a-z]+://[^/\s:@]+:[^/\s@]+@",
    re.IGNORECASE,
)
EMAIL = re.compile(r"\b[\w.+-]+@[\w-]+\.[a-z]{2,}\b", re.IGNORECASE)
AMOUNT = re.compile(r"\d[\d,]*\.\d{2}\b")
SAYS_NOTHING = {
    "new message",
    "message",
    "update",
    "notification",
    "this content can't be displayed",
}


@dataclass(frozen=True, slots=True)
class Said:
    """A text, where it stands, and whether Slack reads signs in it."""

    pointer: str
    text: str
    kind: str


def said_in(value: object, pointer: str) -> Iterator[Said]:
    """Every text below, with its place; ids and values nobody reads are none."""
    if isinstance(value, list):
        for index, part in enumerate(value):
            yield from said_in(part, f"{pointer}/{index}")
    if not isinstance(value, dict):
        return
    kind = KIND.get(str(value.get("type")), PLAIN)
    for name, part in value.items():
        if isinstance(part, str) and name in SPOKEN:
            yield Said(f"{pointer}/{name}", part, kind if name == "text" else PLAIN)
        elif isinstance(part, dict | list):
            yield from said_in(part, f"{pointer}/{name}")


def text_problems(said: Said) -> Iterator[Problem]:
    """What may stand in no text, and where Slack reads signs what it would do with them."""
    read = KNOWN_SIGN.sub("", said.text) if said.kind == MRKDWN else said.text
    for pattern, words in RAW:
        if found := pattern.search(read):
            yield said.pointer, words.format(f"“{found[0]}”")
    yield from private_problems(said.pointer, said.text)
    if said.kind == MRKDWN:
        yield from _sign_problems(said)


def private_problems(pointer: str, text: str) -> Iterator[Problem]:
    """Secrets and e-mail addresses; neither is repeated in the finding."""
    if SECRET.search(text):
        yield pointer, "has something that looks like a secret"
    if EMAIL.search(text):
        yield pointer, "has an e-mail address"


def _sign_problems(said: Said) -> Iterator[Problem]:
    if found := RINGS.search(said.text):
        yield said.pointer, f"would ring everybody: “{found[0]}…” is not escaped"
    elif found := BARE_SIGN.search(KNOWN_SIGN.sub("", said.text)):
        yield said.pointer, f"has an unescaped “{found[0]}”"
    for date in DATE.finditer(said.text):
        if not date[3]:
            yield said.pointer, f"has a date without a fallback: {date[0]}"
        elif "time" in date[2] and not ZONE.search(date[3]):
            yield said.pointer, f"has a date whose fallback names no zone: {date[3]}"


def notification_problems(text: object, blocks: object) -> Iterator[Problem]:
    """`text` is what a notification and a screen reader say: it says the result."""
    if not isinstance(text, str) or not text.strip():
        yield "/text", "is missing: the notification and the screen reader say nothing"
        return
    if text.strip().strip(".…!").casefold() in SAYS_NOTHING:
        yield "/text", f"says nothing: “{text}”"
    if len(text) > 4000:
        yield "/text", f"has {len(text):,} characters, more than the 4,000 to aim for"
    if _shows_figures(blocks) and not re.search(r"\d", text):
        yield "/text", "has no figure while the blocks show some"
    yield from text_problems(Said("/text", text, MRKDWN))


def _shows_figures(blocks: object) -> bool:
    return any(AMOUNT.search(said.text) for said in said_in(blocks, ""))
