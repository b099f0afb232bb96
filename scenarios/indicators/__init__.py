"""What to watch: quantities seen in the first weeks that separate the futures of a run."""

from scenarios.indicators.page import page
from scenarios.indicators.separating import indicators, telling

__all__ = ["indicators", "page", "telling"]
