"""Prophet for one line, fitted the quick way; None whenever it cannot be had.

Fitted with L-BFGS and without its own intervals, which are too narrow to show, and moved by the
mean of its last six residuals so that it starts from where the line is.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analytics.ledger import Period

SEED: Final = 20_240_101
SETTLE: Final = 6  # residuals whose mean moves the path
LOGGERS: Final = ("prophet", "prophet.plot", "prophet.models", "prophet.forecaster", "cmdstanpy")


def prophet_path(
    first: Period, history: Sequence[float], horizon: int
) -> NDArray[np.float64] | None:
    """The amounts of the coming months, or None where Prophet is missing or fails."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            path = _fitted(first, history, horizon)
    except (ImportError, RuntimeError, ValueError, OSError, ArithmeticError):
        return None
    return path if np.isfinite(path).all() else None


def _fitted(first: Period, history: Sequence[float], horizon: int) -> NDArray[np.float64]:
    for name in LOGGERS:
        logging.getLogger(name).disabled = True
    from prophet import Prophet  # a second to import: only where it is used

    model = Prophet(
        yearly_seasonality=5,
        weekly_seasonality=False,
        daily_seasonality=False,
        seasonality_prior_scale=0.3,
        seasonality_mode="multiplicative" if min(history) > 0 else "additive",
        uncertainty_samples=0,
    )
    months = pd.date_range(first.first.isoformat(), periods=len(history) + horizon, freq="MS")
    known = pd.DataFrame({"ds": months[: len(history)], "y": np.asarray(history)})
    model.fit(known, algorithm="LBFGS", seed=SEED)
    path = np.asarray(model.predict(pd.DataFrame({"ds": months}))["yhat"], dtype=np.float64)
    settle = float(np.mean(np.asarray(history[-SETTLE:]) - path[: len(history)][-SETTLE:]))
    return path[len(history) :] + settle
