"""A forecast as people read it: headline, accuracy, chart, lines, notes, and what can be done."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from analytics.ledger import DEPARTMENT, LOCATION, PROJECT, from_minor
from bot.forecasts.accuracy import accuracy
from bot.forecasts.answer import YEAR, Answer, AnswerLine, first_year, of_projects
from bot.forecasts.charted import beyond_the_chart, fan, line_chart
from bot.messages import figures
from bot.messages.message import (
    Bold,
    Button,
    Buttons,
    Column,
    Footer,
    Message,
    Paragraph,
    Ratio,
    Row,
    Table,
    says,
)
from intacct.read.balances import BalancesQuestion

SHOWN = 10
NOTES = 6


def message_of(answer: Answer) -> Message:
    """The headline, the chart and its ranges, the lines, how good it was before, what to do."""
    return Message(
        title=(
            f"{answer.name} forecast, {answer.entity.label}"
            f"{only(answer.question)}, {figures.span(answer.first, answer.last)}"
        ),
        result=_headline(answer),
        parts=(
            line_chart(answer),
            _table(answer),
            fan(answer),
            accuracy(answer.backtest, [line.forecast.method for line in answer.lines]),
            *_notes(answer),
            *_buttons(answer),
        ),
        footer=Footer(
            as_of=figures.day(answer.question.last.last),
            source=f"Sage Intacct, {figures.count(len(answer.rows), 'balance')}",
            policy=answer.policy_version,
            snapshot=answer.id[:9],
            read_at=answer.read_at,
            copied=answer.copied_for is not None,
        ),
        paper=answer.id,
    )


def only(question: BalancesQuestion) -> str:
    """What the question was narrowed to, where it was."""
    return "".join(f", {key.name} {key.id}" for key in sorted(question.where))


def _headline(answer: Answer) -> Paragraph:
    """What comes, how it compares with the year before, how sure, and what was known."""
    currency, coming = answer.currency, answer.whole
    return says(
        Bold(
            f"{currency} {figures.coins(coming.mid, currency)} over "
            f"{figures.count(len(answer.total), 'month')}"
        ),
        f", {_on_the_year_before(answer)}.\n80 % range "
        f"{figures.coins(coming.low80, currency)} to {figures.coins(coming.high80, currency)}, "
        f"from actuals to {figures.day(answer.question.last.last)}{beyond_the_chart(answer)}.",
    )


def _on_the_year_before(answer: Answer) -> str:
    """The change on equal months; nothing where the books do not reach back so far."""
    if not answer.year_before_known:
        return "with no full year before to compare with"
    year, before = first_year(answer.lines)
    which = "" if len(answer.total) <= YEAR else "the first twelve "
    return (
        f"{which}{figures.ratio(figures.change(year, before), signed=True)} on the year before, "
        f"which was {figures.coins(before, answer.currency)} actual"
    )


def _table(answer: Answer) -> Table:
    """The largest lines and one that holds the rest, so that the column adds up."""
    lines = sorted(answer.lines, key=lambda line: (-abs(line.coming), line.history.line.key))
    rest = lines[SHOWN:]
    label = f"and {figures.count(len(rest), 'more line')}"
    alike = len(answer.total) <= YEAR
    return Table(
        "Forecast by line",
        (
            Column("Line", wraps=True),
            Column(f"Forecast {figures.count(len(answer.total), 'month')}", "right", adds=True),
            Column("Actual year before" if alike else "Actual last 12 months", "right", adds=True),
            Column("Change" if alike else "First year", "right"),
            Column("WAPE", "right"),
            Column("Naive WAPE", "right"),
        ),
        tuple(_row(line, answer) for line in lines),
        total=_sum_row("Total", lines, answer),
        rest=_sum_row(label, rest, answer) if rest else (),
        shown=SHOWN,
    )


def _row(line: AnswerLine, answer: Answer) -> Row:
    test = line.forecast.backtest
    off = (_share(test.wape), _share(test.naive_wape)) if test else (None, None)
    return (line.label, *_against([line], answer), *off)


def _share(value: float | None) -> Ratio:
    return Ratio(None if value is None else Decimal(str(value)))


def _sum_row(label: str, lines: list[AnswerLine], answer: Answer) -> Row:
    return (label, *_against(lines, answer), None, None)


def _against(lines: Sequence[AnswerLine], answer: Answer) -> tuple[Decimal, Decimal | None, Ratio]:
    year, before = first_year(lines)
    coming = from_minor(sum(line.coming for line in lines), answer.currency)
    if not answer.year_before_known:
        return coming, None, Ratio(None)
    change = Ratio(figures.change(year, before), signed=True)
    return coming, from_minor(before, answer.currency), change


def _notes(answer: Answer) -> tuple[Paragraph, ...]:
    """What an accountant has to look at, the first few and how many more."""
    notes = [note for line in answer.lines for note in _notes_on(line)]
    notes = [*_unsaveable(answer), *_undivided(answer), *answer.notes, *notes]
    if not notes:
        return ()
    said = [f"• {note}" for note in notes[:NOTES]]
    if len(notes) > NOTES:
        said.append(f"• and {figures.count(len(notes) - NOTES, 'more note')}")
    return (says(Bold("To look at"), "\n" + "\n".join(said)),)


def _notes_on(line: AnswerLine) -> list[str]:
    """The line's problems, and whether repeating last year would have been nearer."""
    notes = [f"{line.label}: {problem.sentence}" for problem in line.forecast.problems]
    test = line.forecast.backtest
    nearer = test is not None and test.beats_naive is False
    if test and nearer and figures.ratio(test.wape) != figures.ratio(test.naive_wape):
        notes.append(
            f"{line.label}: repeating last year was nearer in the backtest, off by "
            f"{figures.ratio(test.naive_wape)}; this method by {figures.ratio(test.wape)}"
        )
    return notes


def _buttons(answer: Answer) -> tuple[Buttons, ...]:
    """The next step, then what can be looked at, as on a card.

    Saving needs lines a budget can hold; Intacct's budgets have no projects.
    """
    save = Button("Save as budget version", "forecast.save", answer.id, "primary")
    look = (
        Button("Sources", "paper.sources", answer.id),
        Button("Export", "paper.export", answer.id),
    )
    return (*(() if _unsaveable(answer) else (Buttons((save,)),)), Buttons(look))


def _unsaveable(answer: Answer) -> list[str]:
    """Why it cannot be saved, where it cannot."""
    if not of_projects(answer.question):
        return []
    return ["A budget in Intacct has no projects, so this cannot be saved as a version"]


def _undivided(answer: Answer) -> list[str]:
    """Dimensions it was to be split by that no posting names."""
    named = {DEPARTMENT: "department", LOCATION: "location", PROJECT: "project"}
    return [
        f"No posting names a {named[by]}, so there is nothing to split by"
        for by in answer.question.by
        if not any(getattr(line.history, named[by]) for line in answer.lines)
    ]
