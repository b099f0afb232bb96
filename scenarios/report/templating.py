"""HTML from templates: every value is escaped, and a name that a template does not receive is an error."""

from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

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
    text.count_noun, text.describe_size, text.count_theories, text.name_of,
    text.format_number, text.plain_name, text.join_words, text.format_interval, declaration.in_unit,
    declaration.outcome_name, declaration.with_unit, percent, phrase, sizes.are_alike,
    plots.data_uri, plots.alternative_text, scenario_phrase, readable,
)  # fmt: skip


@cache
def html_environment() -> Environment:
    """Return the environment of all templates in `scenarios/report/templates`."""
    loader = PackageLoader("scenarios.report", "templates")
    shared = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    shared.filters |= {function.__name__: function for function in FILTERS}
    shared.filters |= {
        "capital": text.capitalised,
        "direction": declaration.describe_worse,
        "sizes_in_words": sizes.describe_sizes,
        "thousands": "{:,}".format,
    }
    shared.globals |= {"caveat": text.CAVEAT, "grade_meanings": GRADES, "strengths": STRENGTHS, "uses": USES}
    return shared


@cache
def sorting_script() -> tuple[Markup, str]:
    """Script that sorts tables, and its digest for the page's content policy, which allows no other."""
    source = files("scenarios.report.templates").joinpath("sort.js").read_text(encoding="utf-8")
    return Markup(source), b64encode(sha256(source.encode()).digest()).decode()


def render_html(template: str, **data: object) -> str:
    """Fill a template with data."""
    return html_environment().get_template(template).render(data)
