"""Numbers as people read them."""

import math


def shown(value: float) -> str:
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
