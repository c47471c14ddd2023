"""A chart drawn for a phone: few large words, each line named where it ends, its range shaded.

Drawn without any state of the library's own: the same chart is the same bytes.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.ticker import MaxNLocator

from bot.messages.message import Fan, LineChart
from bot.messages.words import cut, shown

WIDTH, HEIGHT, DPI = 16, 9, 100  # 1600 × 900 pixels; a phone shows them at some 360 points
LARGE, TEXT = 35, 33  # points: 49 and 46 pixels, 11 and 10 on a phone
TITLE_LINE, NAME = 44, 9
INK, MUTED, GRID, PAPER, BORDER = "#1b2430", "#56606d", "#e3e7ec", "#ffffff", "#c9d0d8"
COMING, BAND80, BAND95 = "#0b5cad", "#9cc4ea", "#d6e7f7"
# They differ in lightness as well, and in their strokes, for those who see no colours.
COLOURS = ("#0b5cad", "#c2410c", "#1b2430", "#4aa3df", "#d99000", "#7a8694")
STROKES = ("-", "--", ":", "-.", (0, (8, 2, 2, 2)), (0, (1, 1)))
LABELS = 5  # along the foot
GAP = 0.095  # between names at the lines' ends, as a share of the height


@dataclass(frozen=True, slots=True)
class _End:
    """The name of a line or an edge, and where it ends."""

    name: str
    at: float
    colour: str
    bold: bool = False


def png(part: Fan | LineChart) -> bytes:
    """The chart as PNG, opaque, readable on a light and on a dark page."""
    figure = Figure(figsize=(WIDTH, HEIGHT), dpi=DPI, facecolor=PAPER)
    FigureCanvasAgg(figure)
    figure.patch.set(edgecolor=BORDER, linewidth=3)
    lines = title_lines(part)
    axes = figure.add_axes((0.125, 0.115, 0.655, 0.765 - 0.072 * len(lines)))
    figure.text(
        0.03, 0.955, "\n".join(lines),
        va="top", color=INK, fontproperties=_font(LARGE, bold=True), parse_math=False,
        linespacing=1.25,
    )  # fmt: skip
    ends = _fan(axes, part) if isinstance(part, Fan) else _lines(axes, part)
    _axes(axes, part.labels)
    _ends(axes, ends)
    file = BytesIO()
    figure.savefig(file, format="png", metadata={"Software": None})
    return file.getvalue()


def title_lines(part: Fan | LineChart) -> list[str]:
    """The title in two lines at most, and the unit in any case."""
    title, unit = _drawable(part.title), cut(_drawable(part.unit), 12)
    for most in range(2 * TITLE_LINE - len(unit) - 2, 0, -2):
        said = ", ".join(filter(None, (cut(title, most), unit)))
        lines = textwrap.wrap(said, TITLE_LINE)
        if len(lines) <= 2:
            return lines
    return [unit]


def _fan(axes: Axes, fan: Fan) -> list[_End]:
    """What was in ink, what comes in blue, its ranges behind it."""
    was, mid = _floats(fan.was), _floats(fan.mid)
    past = list(range(len(was)))
    coming = list(range(len(was), len(was) + len(mid)))
    ends = []
    for name, low, high, colour in (
        ("95 % range", fan.low95, fan.high95, BAND95),
        ("80 % range", fan.low80, fan.high80, BAND80),
    ):
        if low and high:
            axes.fill_between(coming, _floats(low), _floats(high), color=colour, linewidth=0)
            ends.append(_End(name, _floats(high)[-1], MUTED))
    if was and mid:
        axes.plot([past[-1], coming[0]], [was[-1], mid[0]], color=COMING, linewidth=2, ls=":")
        axes.axvline(len(was) - 0.5, color=MUTED, linewidth=1.5, linestyle=(0, (2, 3)), zorder=1)
    axes.plot(past, was, color=INK, linewidth=4, solid_capstyle="round")
    axes.plot(coming, mid, color=COMING, linewidth=5, linestyle=(0, (4, 1)))
    if was:
        _said_above(axes, len(was) - 0.5, "Actual ", "right", INK)
    if mid:
        _said_above(axes, len(was) - 0.5, " Forecast", "left", COMING)
        ends.append(_End("Forecast", mid[-1], COMING, bold=True))
    return ends


def _lines(axes: Axes, chart: LineChart) -> list[_End]:
    ends = []
    for at, series in enumerate(chart.series):
        points, colour = _floats(series.points), COLOURS[at % len(COLOURS)]
        stroke = STROKES[at % len(STROKES)]
        axes.plot(range(len(points)), points, color=colour, linewidth=4.5, linestyle=stroke)
        if points:
            ends.append(_End(cut(_drawable(series.name), NAME), points[-1], colour, bold=True))
    return ends


def _said_above(axes: Axes, at: float, words: str, side: str, colour: str) -> None:
    axes.text(
        at, 1.01, words, ha=side, va="bottom", color=colour,
        transform=axes.get_xaxis_transform(), fontproperties=_font(TEXT, bold=True),
    )  # fmt: skip


def _axes(axes: Axes, labels: Sequence[str]) -> None:
    """Round figures on the left, a few periods at the foot, a line at zero where it is crossed."""
    low, high = axes.dataLim.intervaly
    low, high = (low, high) if low <= high else (0.0, 1.0)
    if 0 < low < high / 2:
        low = 0.0
    pad = (high - low) * 0.04 or abs(high) * 0.1 or 1.0
    bottom = low if low == 0 else low - pad
    ticks = [
        float(tick)
        for tick in MaxNLocator(5, steps=[1, 2, 2.5, 5, 10]).tick_values(bottom, high + pad)
        if bottom <= tick <= high + pad
    ]
    axes.set_ylim(bottom, high + pad)
    axes.set_yticks(ticks, tick_names(ticks))
    step = -(-len(labels) // LABELS) or 1
    places = range((len(labels) - 1) % step, len(labels), step)
    axes.set_xticks(list(places), [cut(_drawable(labels[at]), 10) for at in places])
    axes.set_xlim(-0.4, max(len(labels) - 0.6, 0.6))
    axes.grid(axis="y", color=GRID, linewidth=1.5)
    axes.set_axisbelow(True)
    if low < 0 < high:
        axes.axhline(0, color=INK, linewidth=2)
    axes.tick_params(length=0, pad=10, colors=MUTED)
    axes.spines[:].set_visible(False)
    for word in (*axes.get_xticklabels(), *axes.get_yticklabels()):
        word.set(fontproperties=_font(TEXT), parse_math=False)


def tick_names(ticks: Sequence[float]) -> list[str]:
    """`1,200k` or `1.2M`: all in one unit, with as many digits as they need, minus as `(1.2M)`."""
    largest = max(map(abs, ticks), default=0.0)
    unit, sign = next(
        (u, s)
        for u, s in ((1e9, "bn"), (1e6, "M"), (1e3, "k"), (1.0, ""))
        if largest >= u or u == 1
    )
    digits = next(
        (d for d in range(4) if all(abs(t / unit - round(t / unit, d)) < 1e-6 for t in ticks)), 4
    )
    names = [f"{abs(tick) / unit:,.{digits}f}{sign if tick else ''}" for tick in ticks]
    return [f"({name})" if tick < 0 else name for tick, name in zip(ticks, names, strict=True)]


def _ends(axes: Axes, ends: Sequence[_End]) -> None:
    """Each name beside the end of its line, moved up or down until none stands on another."""
    low, high = axes.get_ylim()
    placed = sorted(ends, key=lambda end: end.at)
    heights = [(end.at - low) / (high - low) for end in placed]
    for at in range(1, len(heights)):
        heights[at] = max(heights[at], heights[at - 1] + GAP)
    over = max(0.0, max(heights, default=0) - 0.98)
    for end, height in zip(placed, heights, strict=True):
        axes.text(
            1.012, height - over, end.name, color=end.colour, va="center", parse_math=False,
            transform=axes.transAxes, fontproperties=_font(TEXT, bold=end.bold),
        )  # fmt: skip


def _floats(points: Sequence[Decimal]) -> list[float]:
    return [float(point) for point in points]  # drawn, never computed with


def _font(size: float, *, bold: bool = False) -> FontProperties:
    weight = "bold" if bold else "normal"
    return FontProperties(family="DejaVu Sans", size=size, weight=weight)


def _drawable(text: str) -> str:
    """The text with a box for each letter the font does not have."""
    known = get_font(findfont(_font(TEXT))).get_charmap()
    return "".join(c if ord(c) in known else "□" for c in shown(text))
