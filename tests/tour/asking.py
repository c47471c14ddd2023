"""The first half of the road: what can be asked, how it is answered, and what is refused."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

from tests.stories.world import ANA, BEN, DEV, FINANCE, GENERAL
from tests.tour.walk import Walk

WHOLE_ANSWER = "/forecast revenue 12m by department"
SAVE = "Save as budget version"
FORMS = (
    ("one-account", "/forecast 4000 3m as of 2024-03", "An account, a quarter, as of a past month"),
    ("costs-of-a-department", "/forecast Marketing 6m dept=MKT", "A category of one department"),
    ("another-entity", "/forecast 4000 12m entity=200", "Another entity in its own currency"),
    ("three-years", "/forecast 4000 36m", "Three years; the chart shows what it can"),
    ("by-project", "/forecast 4100 3m by project", "By project: no budget version has projects"),
)
REFUSED = (
    ("/forecast 4999x", "There is no account or category “4999x”"),
    ("/forecast subscripton revenu", "Did you mean 4000 Subscription revenue"),
    ("/forecast revenue 0m", "I can forecast 1 to 36 months ahead"),
    ("/forecast revenue by customer", "I cannot split by “customer”"),
    ("/forecast revenue color=red", "I do not know “color=”"),
    ("/forecast revenue as of 2031-01", "not over yet"),
    ("/forecast revenue dept=NOWHERE", "There is no department “NOWHERE”"),
    ("/forecast revenue entity=900", "There is no entity “900”"),
    ("/forecast 1000", "I forecast active income-statement accounts"),
    ("/forecast revenue dept=MKT", "no postings"),
    ("/audit trail PRP-NOTTHERE", "Nothing is on record about “PRP-NOTTHERE”"),
)


def an_empty_channel(walk: Walk) -> None:
    """The channel before anybody asked."""
    walk.goes(ANA)
    walk.shows("finance-empty", "Ana in #finance before anything was asked")


def a_forecast(walk: Walk) -> None:
    """The word at once, then the answer with its chart, table and buttons."""
    walk.goes(ANA)
    walk.world.fault(kind="slow", seconds=4)
    answer = walk.asks(WHOLE_ANSWER)
    walk.kept["answer"] = answer.get_attribute("data-ts") or ""
    expect(answer).to_contain_text("the result replaces this")
    walk.shows("forecast-under-way", "A word at once, and progress until it is there", answer)
    expect(answer).to_contain_text(SAVE)
    walk.shows("forecast", "Revenue by department, twelve months ahead", answer)
    walk.shows("forecast-on-screen", "The same, as the screen shows it")
    walk.reads("the answer", answer.locator(".blocks").first)


def its_sources(walk: Walk) -> None:
    """Every figure of the answer, the rows under it, page by page."""
    walk.goes(ANA)
    walk.tap("Sources", _answer(walk))
    window = walk.window("Sources")
    walk.shows("sources", "Sources: the questions asked and the rows that add up to the figure")
    walk.reads("the window Sources", window)
    _other_figure(walk, window)
    _turn_pages(walk, window, "sources")
    _further_down(walk, window)
    walk.close()


def _other_figure(walk: Walk, window: Locator) -> None:
    """Another figure of the message, by the menu."""
    before = window.inner_text()
    menu = window.locator(".block-actions").get_by_role("combobox")
    if not menu.count():
        menu = window.locator(".block-actions [aria-haspopup=listbox]")
    menu.first.click()
    walk.shows("sources-figures", "The figures of the message to choose from")
    walk.page.get_by_role("option").nth(2).click()
    expect(window).not_to_have_text(re.compile(re.escape(before)))
    walk.shows("sources-of-another-figure", "The rows of another figure")


def _further_down(walk: Walk, window: Locator) -> None:
    """The entries under a row, in a window on top, and back to the one below."""
    window.locator(".block-actions").get_by_role("combobox").last.click()
    walk.page.get_by_role("option").first.click()
    top = walk.page.get_by_test_id("modal")
    expect(top).to_contain_text("I keep no copy")
    walk.shows("entries-without-a-copy", "Further down than a balance, where there is no copy")
    top.get_by_role("button", name="Back", exact=True).first.click()
    expect(window).to_be_visible()


def _turn_pages(walk: Walk, window: Locator, name: str) -> None:
    """The next page, the one after, and back."""
    for step, label in (("next", NEXT), ("back", BACK)):
        before = window.inner_text()
        walk.tap(label, window)
        expect(window).not_to_have_text(re.compile(re.escape(before)))
        walk.shows(f"{name}-{step}", f"{name.capitalize()}, a page {step}")


NEXT, BACK = re.compile(r"^(?:More|Older|Next)"), re.compile(r"^(?:Earlier|Newer|Back|Previous)")


def all_its_lines(walk: Walk) -> None:
    """The whole table of a long answer, in pages."""
    walk.goes(ANA)
    answer = walk.asks("/forecast expenses 3m by department")
    expect(answer).to_contain_text(SAVE)
    walk.shows("forecast-of-many-lines", "A long answer: the largest ten and the rest", answer)
    walk.tap(re.compile(r"^All \d+ lines$"), answer)
    window = walk.page.get_by_test_id("modal")
    expect(window).to_be_visible()
    walk.shows("all-lines", "All its lines, a page at a time")
    walk.reads("the window All lines", window)
    _turn_pages(walk, window, "all-lines")
    walk.close()


def its_export(walk: Walk) -> None:
    """Both kinds of file, in the direct message of whoever asked."""
    for kind, choice, begins in (
        ("CSV", "CSV of the lines", b"\xef\xbb\xbf"),
        ("XLSX", "Excel workbook", b"PK"),
    ):
        walk.goes(ANA)
        walk.tap("Export", _answer(walk))
        window = walk.window("Export")
        window.get_by_role("radio", name=choice).check()
        walk.shows(f"export-{kind.lower()}", f"Export as {kind}: what is in it, where it goes")
        walk.reads("the window Export", window)
        window.locator("button[type=submit]").click()
        walk.goes(ANA, "im")
        file = walk.sees(re.compile(rf"{kind} · "))
        address: str = file.locator("a.file").last.evaluate("link => link.href")
        content = walk.page.request.get(address).body()
        assert content.startswith(begins), f"the {kind} file begins with {content[:20]!r}"
        walk.shows(f"exported-{kind.lower()}", f"The {kind} file in Ana's direct message", file)


def other_forms(walk: Walk) -> None:
    """The command in its other forms."""
    walk.goes(ANA)
    for name, words, caption in FORMS:
        answer = walk.asks(words)
        expect(answer).to_contain_text("Sources")
        walk.shows(f"forecast-{name}", f"{caption}: {words}", answer)


def words_that_do_not_fit(walk: Walk) -> None:
    """Each refusal says what would fit."""
    walk.goes(ANA, GENERAL)
    for words, sentence in REFUSED:
        walk.types(words)
        walk.goes(ANA, "im" if sentence in _FROM_THE_BOOKS else GENERAL)
        walk.sees(sentence)
        walk.goes(ANA, GENERAL)
    walk.shows("not-understood", "What does not fit is answered with what would, to Ana alone")
    walk.goes(ANA, "im")
    walk.shows("not-in-the-books", "Names the books do not have, with the nearest that they do")


_FROM_THE_BOOKS = {
    "There is no account or category “4999x”",
    "Did you mean 4000 Subscription revenue",
    "There is no department “NOWHERE”",
    "There is no entity “900”",
    "I forecast active income-statement accounts",
    "no postings",
    "Nothing is on record about “PRP-NOTTHERE”",
}


def help_with_commands(walk: Walk) -> None:
    """`help` after each command, and what is no command at all."""
    walk.goes(BEN)
    for words, sentence in (
        ("/forecast help", "Type /forecast"),
        ("/audit help", "Type /audit"),
        ("/budget", "/budget"),
    ):
        walk.page.get_by_test_id("composer").fill(words)
        walk.page.get_by_test_id("composer").press("Enter")
        expect(walk.page.locator("body")).to_contain_text(sentence)
    walk.shows("help", "Help on both commands, and a command nobody knows")


def in_words(walk: Walk) -> None:
    """A direct message in words is answered in its thread with what can be asked."""
    walk.goes(ANA, "im")
    for words in ("help", "what will revenue be next year?"):
        walk.types(words)
        asked = walk.sees(words)
        walk.tap(re.compile("1 reply"), asked)
        thread = walk.page.locator("#thread")
        expect(thread.get_by_test_id("message")).to_have_count(2)
        name = "help" if words == "help" else "question"
        walk.shows(f"direct-{name}", f"“{words}” as a direct message, answered in its thread")
        walk.page.get_by_role("button", name="Close thread").click()


def elsewhere(walk: Walk) -> None:
    """Asked where not everybody may see figures, answered to the asker alone."""
    walk.goes(ANA, GENERAL)
    walk.types("/forecast 4000 3m as of 2024-03")
    walk.sees("direct messages")
    walk.shows("asked-elsewhere", "Asked in #general: the answer goes to the direct messages")
    walk.goes(ANA, "im")
    walk.shows("answered-directly", "And there it is", walk.sees(SAVE))


def without_rights(walk: Walk) -> None:
    """Dev may not ask, and sees no digit."""
    walk.goes(DEV)
    walk.types("/forecast revenue 3m")
    refusal = walk.sees("You may not ask for figures here")
    walk.shows("no-rights-to-ask", "Dev may not ask for figures", refusal)
    walk.tap("Sources", _answer(walk))
    refusal = walk.sees("You may not see or decide this")
    walk.shows("no-rights-to-see", "Nor see where they come from", refusal)
    if any(letter.isdigit() for letter in refusal.locator(".text, .blocks").first.inner_text()):
        walk.wrong.append("no-rights-to-see: a figure is shown to somebody without rights")


def _answer(walk: Walk) -> Locator:
    return walk.message(walk.kept["answer"])


def in_finance(walk: Walk) -> None:
    """Back where figures may be seen."""
    walk.goes(ANA, FINANCE)
