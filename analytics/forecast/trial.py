"""One line tried at its origins: what each candidate would have said, and how far off it was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from analytics.forecast.accuracy import step, wape
from analytics.forecast.blend import fenced
from analytics.forecast.choice import ENOUGH, Record
from analytics.forecast.line import HeldBack, Line
from analytics.forecast.prophet_line import prophet_path
from analytics.forecast.season import YEAR
from analytics.forecast.whole_units import band, rounded
from analytics.forecast.window import Method, Said
from analytics.ledger import shifted

Floats = NDArray[np.float64]

PROPHET_ORIGINS: Final = 3  # first, middle, last: a fit takes 0.03 s, all the others together less
PROPHET_SHARE: Final = 0.5  # of the path, where Prophet has earned its place


@dataclass(frozen=True, slots=True)
class Trial:
    """A line, the horizon, and what could be said of it at each origin, by months known then."""

    line: Line
    horizon: int
    past: Mapping[int, Said]

    def record(self, *, prophet: bool) -> Record:
        """How the candidates did; Prophet only where asked for and where origins are enough."""
        record = Record(
            origins=len(self.past),
            own=self._error({known: said.mid for known, said in self.past.items()}),
            blend=self._error(self._paths(Method.BLEND)),
            naive=self._error(self._paths(Method.NAIVE)),
        )
        if not prophet or len(self.past) < ENOUGH:
            return record
        places = np.linspace(0, len(self.past) - 1, PROPHET_ORIGINS).round().astype(int)
        some = [list(self.past)[place] for place in places]
        paths = {known: self._prophet(known, self.past[known]) for known in some}
        fitted = {known: path for known, path in paths.items() if path is not None}
        if len(fitted) < len(some):
            return record
        rival = self._error({known: self.past[known].mid for known in some})
        return Record(
            record.origins, record.own, record.blend, record.naive, self._error(fitted), rival
        )

    def path(self, known: int, said: Said, method: Method) -> Floats | None:
        """What a method says after `known` months; None where Prophet fails."""
        if method is not Method.PROPHET:
            return said.paths.get(method, said.mid)
        prophet = self._prophet(known, said)
        return None if prophet is None else said.mid + PROPHET_SHARE * (prophet - said.mid)

    def held(self, method: Method) -> tuple[HeldBack, ...]:
        """What the method would have said at each origin, beside what came."""
        return tuple(self._held(known, said, method) for known, said in self.past.items())

    def _held(self, known: int, said: Said, method: Method) -> HeldBack:
        path = self.path(known, said, method)
        path = said.mid if path is None else path
        before = self.line.amounts[:known]
        low, high = band(path, said.half80, before)
        return HeldBack(
            last=shifted(self.line.first, known - 1),
            actual=self._came(known),
            mid=rounded(path),
            naive=rounded(said.paths[Method.NAIVE]),
            low80=low,
            high80=high,
            step=step(before, YEAR),
        )

    def _came(self, known: int) -> tuple[int, ...]:
        return self.line.amounts[known : known + self.horizon]

    def _paths(self, method: Method) -> dict[int, Floats]:
        return {known: said.paths.get(method, said.mid) for known, said in self.past.items()}

    def _prophet(self, known: int, said: Said) -> Floats | None:
        """Prophet on the cleaned months that were known, kept within the line's fences."""
        first = shifted(self.line.first, known - len(said.cleaned))
        scale = float(np.abs(said.cleaned).mean()) or 1.0
        path = prophet_path(first, list(said.cleaned / scale), self.horizon)
        return None if path is None else fenced(path[None] * scale, said.cleaned[None])[0]

    def _error(self, paths: Mapping[int, Floats]) -> float | None:
        """The share of the actuals missed, over all origins and months."""
        actual = [float(a) for known in paths for a in self._came(known)]
        return wape(actual, [float(f) for path in paths.values() for f in rounded(path)])
