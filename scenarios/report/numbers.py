"""Numbers as people read them."""

import math

DECIMALS = ((100.0, 0), (1.0, 1), (0.01, 2), (0.001, 3), (0.0, 4))  # of a brief number, by the least size that has them


def shown(value: float | None) -> str:
    """Three significant digits, no exponent, a dash for what is undefined."""
    if value is None or not math.isfinite(value):
        return "-" if value is None or math.isnan(value) else "inf"
    if value == 0:
        return "0"
    digits = max(0, 2 - math.floor(math.log10(abs(value))))
    return f"{value:,.{min(digits, 3)}f}"


def signed(value: float) -> str:
    """A difference, with its sign."""
    return f"+{shown(value)}" if value > 0 and math.isfinite(value) else shown(value)


def brief(value: float) -> str:
    """A difference with its sign, no longer than a crowded table needs: whole from 100 on, two decimals below one."""
    if not math.isfinite(value) or value == 0:
        return shown(value)
    digits = next(digits for least, digits in DECIMALS if abs(value) >= least)
    return f"{value:+,.{digits}f}"


def whole(value: float) -> str:
    """A bound: without decimals where it has none."""
    return f"{value:,.0f}" if math.isfinite(value) and value == round(value) else shown(value)
