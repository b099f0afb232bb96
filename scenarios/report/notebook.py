"""Pages of results, comparisons and studies for notebooks, registered with IPython by the name of their type.

Neither the types nor their pages are imported before one is shown.
"""

from functools import partial
from importlib import import_module
from typing import Any

PAGES = {
    ("scenarios.runs.result", "Result"): "result_page",
    ("scenarios.runs.result", "Results"): "results_page",
    ("scenarios.analysis.comparison", "Comparison"): "comparison_page",
    ("scenarios.studies.dataset", "Dataset"): "study_page",
}


def register_pages(shell: Any) -> None:
    """Show results as pages wherever an IPython shell shows HTML."""
    formatter = shell.display_formatter.formatters["text/html"]
    for (module, name), page in PAGES.items():
        formatter.for_type_by_name(module, name, partial(_page, page))


def _page(name: str, shown: Any) -> str:
    page: str = getattr(import_module("scenarios.report.notebook_pages"), name)(shown)
    return page
