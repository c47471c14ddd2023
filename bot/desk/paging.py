"""Long lists in windows: which page is shown, and the buttons that turn it."""

from __future__ import annotations

from bot.messages.message import Button, Buttons

PAGE = 20


def page_of(page: int, rows: int) -> tuple[int, int]:
    """The page asked for, or the last one there is, and how many there are."""
    pages = max(1, -(-rows // PAGE))
    return min(page, pages - 1), pages


def turning(action: str, about: str, number: int, page: int, pages: int) -> tuple[Buttons, ...]:
    """*Back* and *More*, where there is a page to turn to."""
    turned = tuple(
        Button(label, f"{action}.{label.casefold()}", value_of(about, number, to))
        for label, to in (("Back", page - 1), ("More", page + 1))
        if 0 <= to < pages
    )
    return (Buttons(turned),) if turned else ()


def value_of(about: str, number: int, page: int) -> str:
    """What a button of a paper carries: its id, the number of what is shown, and the page."""
    return f"{about}|{number}|{page}"


def read_value(value: str) -> tuple[str, int, int]:
    """The id, the number and the page; 0 for what is missing or no number."""
    about, number, page = [*value.split("|"), "", ""][:3]
    return about, _number(number), _number(page)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
