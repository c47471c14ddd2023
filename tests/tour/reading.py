"""What a screen reader and a keyboard meet: the pictures' words, and the order of the stops."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from playwright.sync_api import Locator, Page

PICTURES = ".block-image img, .block-data_visualization [role=img], figure [role=img], .blocks img"
WORDS = """nodes => nodes.map((node) => {
  const ids = (node.getAttribute("aria-labelledby") ?? "").split(" ").filter(Boolean);
  return node.getAttribute("alt") ?? node.getAttribute("aria-label") ??
    ids.map((id) => document.getElementById(id)?.textContent ?? "").join(" ");
})"""
REDRAWN = 400  # milliseconds
SAME_LINE = 12  # pixels

IN_ORDER = """root => {
  const can = "a[href], button, input, select, textarea, summary, [tabindex]";
  return [...root.querySelectorAll(can)]
    .filter((node) => node.tabIndex >= 0 && !node.disabled && node.checkVisibility())
    .filter((node) => !node.closest(".tools, [inert]"))
    .length;
}"""
HERE = """root => {
  const node = document.activeElement;
  if (!root.contains(node) || node === root) return null;
  const box = node.getBoundingClientRect();
  const drawn = (one) => {
    const { outlineStyle, boxShadow } = getComputedStyle(one);
    return outlineStyle !== "none" || boxShadow !== "none";
  };
  const seen = node.matches(":focus-visible") && (drawn(node) || drawn(node.parentElement));
  const named = node.getAttribute("aria-label") || node.labels?.[0]?.textContent ||
    document.getElementById(node.getAttribute("aria-labelledby") ?? "")?.textContent ||
    node.textContent || node.getAttribute("title") || node.getAttribute("placeholder") || "";
  return { x: box.x, y: box.y, bottom: box.bottom, name: named.trim(), tag: node.tagName, seen };
}"""
BEFORE_FIRST = """root => {
  const first = root.querySelector(
    "a[href], button:not([disabled]), input, select, textarea, [tabindex='0']");
  first?.focus();
  return Boolean(first);
}"""


@dataclass(frozen=True, slots=True)
class Stop:
    """Where the keyboard stands: what it is called, where, and whether that can be seen."""

    name: str
    x: float
    y: float
    bottom: float
    seen: bool


def picture_problems(root: Locator, place: str) -> list[str]:
    """Pictures of figures whose words carry none; looked at again, as one may just be redrawn."""
    if found := _without_figures(root, place):
        root.page.wait_for_timeout(REDRAWN)
        found = _without_figures(root, place)
    return found


def _without_figures(root: Locator, place: str) -> list[str]:
    said = root.locator(PICTURES).evaluate_all(WORDS)
    return [
        f"{place}: a picture says “{words or ''}”, and no figure"
        for words in said
        if not re.search(r"\d", words or "")
    ]


def stops(page: Page, root: Locator) -> list[Stop]:
    """Tab through everything inside, from its first stop on."""
    many = int(root.evaluate(IN_ORDER))
    if not many or not root.evaluate(BEFORE_FIRST):
        return []
    page.keyboard.press("Tab")  # a focus given by a script is not one the keyboard shows
    page.keyboard.press("Shift+Tab")
    found: list[Stop] = []
    for _ in range(many + 2):
        here: dict[str, Any] | None = root.evaluate(HERE)
        if here is None:
            break
        stop = Stop(here["name"], here["x"], here["y"], here["bottom"], here["seen"])
        if stop in found:
            break
        found.append(stop)
        page.keyboard.press("Tab")
    return found


def order_problems(page: Page, root: Locator, place: str) -> list[str]:
    """Stops without a name, that cannot be seen, or that come before what is read first."""
    found = stops(page, root)
    told = [f"{place}: a stop has no name" for stop in found if not stop.name]
    told += [f"{place}: “{s.name[:40]}” does not show the keyboard" for s in found if not s.seen]
    for one, other in pairwise(found):
        above = other.bottom < one.y + SAME_LINE / 2
        beside = abs(other.y - one.y) < SAME_LINE and other.x < one.x
        if above or beside:
            told.append(f"{place}: “{other.name[:40]}” comes after “{one.name[:40]}”")
    return told
