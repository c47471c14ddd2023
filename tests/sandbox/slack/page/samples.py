"""A message of every block, small enough to read, for the tests of the page."""

from __future__ import annotations

from typing import Any

from tests.sandbox.slack.office import BEN, FINANCE

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def marked(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def section(text: str, **more: Any) -> Json:
    return {"type": "section", "text": marked(text), **more}


def button(label: str, action_id: str, **more: Any) -> Json:
    return {"type": "button", "text": plain(label), "action_id": action_id, "value": "7", **more}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def cell(text: str) -> Json:
    return {"type": "raw_text", "text": text}


def amount(value: float) -> Json:
    shown = f"({-value:,.2f})" if value < 0 else f"{value:,.2f}"
    return {"type": "raw_number", "value": value, "text": shown}


def rich(*words: str, **style: bool) -> Json:
    pieces = [
        {"type": "text", "text": word, **({"style": style} if style else {})} for word in words
    ]
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": pieces}]}


def options(*labels: str) -> list[Json]:
    return [{"text": plain(label), "value": label} for label in labels]


def item(text: str, width: str = "standard") -> Json:
    return {"width": width, "blocks": [section(text)]}


LAYOUT = {
    "type": "layout",
    "label": "Cash at a glance",
    "is_label_visible": True,
    "grid_lines": "outer",
    "rows": [
        {"items": [item("*Cash*\n4,210,000.00"), item("*Low*\n2,900,000.00")]},
        {"items": [item("Three decisions wait", "wide"), item("Week 9", "narrow")]},
    ],
    "fallback": [section("Cash 4,210,000.00 and low 2,900,000.00")],
}
CARDS = {
    "type": "carousel",
    "elements": [
        {
            "type": "card",
            "title": marked(f"*{name}*"),
            "subtitle": marked("USD"),
            "body": marked("Short by 488.01"),
            "actions": [button("Review", f"review{index}")],
        }
        for index, name in enumerate(("Orbit", "Kestrel", "Nordlys", "Delta", "Acorn"))
    ],
}
CONTAINER = {
    "type": "container",
    "title": plain("Evidence"),
    "subtitle": marked("3 of 41 combinations"),
    "width": "standard",
    "is_collapsible": True,
    "default_collapsed": True,
    "child_blocks": [section("Amount = sum of 3 invoices")],
}


def task(number: int, title: str, status: str, **more: Any) -> Json:
    return {
        "type": "task_card",
        "task_id": str(number),
        "title": title,
        "status": status,
        **more,
    }


PLAN = {
    "type": "plan",
    "title": "Forecasting revenue",
    "tasks": [
        task(1, "Read the balances", "complete", details=rich("1,204 rows")),
        task(2, "Backtest", "in_progress"),
        task(3, "Explain", "pending"),
        task(4, "Chart", "error", output=rich("Refused")),
    ],
}
MARKDOWN = {
    "type": "markdown",
    "text": "## Close\n\n- one\n  - two\n- [x] tied\n\n> quoted\n\n"
    "| A | B |\n|---|--:|\n| x \\| y | 1.00 |\n\n```\nDr 1000\n```",
}
RICH = {
    "type": "rich_text",
    "elements": [
        {
            "type": "rich_text_section",
            "elements": [
                {"type": "text", "text": "under", "style": {"underline": True}},
                {"type": "text", "text": "lit", "style": {"highlight": True}},
                {"type": "user", "user_id": BEN},
                {"type": "channel", "channel_id": FINANCE},
                {"type": "broadcast", "range": "here"},
                {"type": "link", "url": "https://acme.example/x", "text": "a link"},
                {"type": "color", "value": "#0b6b50"},
            ],
        },
        {"type": "rich_text_quote", "elements": [{"type": "text", "text": "Two are unposted"}]},
        {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "1200 = 1200"}]},
    ],
}
CUSTOMERS = (("Orbit", 900.0), ("Delta", -12.5), ("Kestrel", 1_000.0), ("Orbital", 40.0))
DATA_TABLE = {
    "type": "data_table",
    "caption": "Open items",
    "page_size": 2,
    "rows": [[cell("Customer"), cell("Amount")], *([cell(n), amount(v)] for n, v in CUSTOMERS)],
}
TABLE = {
    "type": "table",
    "rows": [[cell(f"Column {n}") for n in range(14)], [cell("1,234,567.00") for _ in range(14)]],
}
LINES = {
    "type": "data_visualization",
    "title": "Revenue",
    "chart": {
        "type": "line",
        "series": [
            # the points come in another order than the categories
            {
                "name": "Forecast",
                "data": [{"label": "Aug", "value": 3_100_000}, {"label": "Jul", "value": -50_000}],
            }
        ],
        "axis_config": {"categories": ["Jul", "Aug"], "x_label": "Month", "y_label": "USD"},
    },
}
PIE = {
    "type": "data_visualization",
    "title": "Receipts",
    "chart": {
        "type": "pie",
        "segments": [{"label": "Wire", "value": 3}, {"label": "Card", "value": 1}],
    },
}
VIDEO = {
    "type": "video",
    "alt_text": "The close in 90 seconds",
    "title": plain("How the close works"),
    "title_url": "https://acme.example/close",
    "thumbnail_url": "https://acme.example/close.png",
    "video_url": "https://acme.example/embed",
    "provider_name": "Acme Video",
}
OUTSIDE = {"type": "image", "image_url": "https://acme.example/c.png", "alt_text": "Low of 2.9 M"}
PICKERS = actions(
    {
        "type": "static_select",
        "action_id": "period",
        "placeholder": plain("Period"),
        "options": options("June", "July"),
    },
    {"type": "datepicker", "action_id": "day", "initial_date": "2026-06-30"},
    {"type": "users_select", "action_id": "owner", "placeholder": plain("Owner")},
)
FEEDBACK = {
    "type": "context_actions",
    "elements": [
        {
            "type": "feedback_buttons",
            "action_id": "opinion",
            "positive_button": {"text": plain("Good answer"), "value": "up"},
            "negative_button": {"text": plain("Bad answer"), "value": "down"},
        },
        {"type": "icon_button", "icon": "trash", "action_id": "gone", "text": plain("Remove")},
    ],
}
FOOT = {"type": "context", "elements": [marked("as of 30 Jun 2026 · policy v7 · snapshot #S-1")]}
DECIDE = actions(
    button("Approve", "approve", style="primary"), button("Reject", "reject", style="danger")
)
MESSAGES: dict[str, list[Json]] = {
    "Words": [{"type": "header", "text": plain("Close")}, section("`code` *bold*"), MARKDOWN, RICH],
    "Frames": [LAYOUT, CARDS, CONTAINER, PLAN],
    "Figures": [TABLE, LINES, PIE],
    "Items": [DATA_TABLE],
    "Pictures": [VIDEO, OUTSIDE],
    "Choices": [PICKERS, FEEDBACK, DECIDE, FOOT],
}


def field(block_id: str, label: str, element: Json, **more: Any) -> Json:
    control = {"action_id": block_id, **element}
    told = {"type": "input", "block_id": block_id, "label": plain(label), "element": control}
    return {**told, **more}


def alert(level: str, words: str) -> Json:
    return {"type": "alert", "level": level, "text": marked(words)}


FORM = {
    "type": "modal",
    "callback_id": "form",
    "title": plain("Split the deposit"),
    "submit": plain("Propose"),
    "close": plain("Cancel"),
    "blocks": [
        alert("warning", "The period closes today."),
        alert("error", "The bank line changed."),
        alert("success", "Debits equal credits."),
        alert("info", "Nothing is posted yet."),
        field("amount", "Amount", {"type": "number_input", "is_decimal_allowed": True}),
        field("mail", "Copy to", {"type": "email_text_input"}, optional=True),
        field("page", "Address", {"type": "url_text_input"}, optional=True),
        field("words", "Explanation", {"type": "rich_text_input"}, optional=True),
        field("paper", "Advice", {"type": "file_input", "filetypes": ["csv"]}, optional=True),
        field(
            "customer",
            "Customer",
            {"type": "external_select", "min_query_length": 2},
            hint=plain("As in the ledger"),
        ),
        field("period", "Period", {"type": "static_select", "options": options("June", "July")}),
    ],
}
