"""HTML from templates: every value is escaped, and a name that a template does not receive is an error."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from scenarios import plots, text
from scenarios.analysis import sizes
from scenarios.evidence.claims import STRENGTHS
from scenarios.evidence.parameters import GRADES
from scenarios.evidence.stylised_facts import USES
from scenarios.evidence.theories import phrase
from scenarios.explain.render import readable
from scenarios.outcomes import declaration
from scenarios.report.page.calibrated_language import percent, scenario_phrase

FILTERS = (
    text.count, text.counted, text.counts, text.difference, text.each_of, text.name_of, text.number, text.plain_name,
    text.series, text.span, declaration.in_unit, declaration.outcome_name, declaration.with_unit, percent, phrase,
    sizes.are_alike, plots.data_uri, plots.in_words, scenario_phrase, readable,
)  # fmt: skip


@cache
def environment() -> Environment:
    """Return the environment of all templates in `scenarios/report/templates`."""
    loader = PackageLoader("scenarios.report", "templates")
    shared = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    shared.filters |= {function.__name__: function for function in FILTERS}
    shared.filters |= {
        "capital": text.upper,
        "direction": declaration.in_words,
        "sizes_in_words": sizes.in_words,
        "thousands": "{:,}".format,
    }
    shared.globals |= {"caveat": text.CAVEAT, "grade_meanings": GRADES, "strengths": STRENGTHS, "uses": USES}
    return shared


def render_html(template: str, **data: object) -> str:
    """Fill a template with data."""
    return environment().get_template(template).render(data)
