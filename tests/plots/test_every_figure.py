"""Properties of every figure: units and n, a caption that warns, no overlapping text, legibility without colour."""

import re
from itertools import combinations, pairwise

import pytest
from matplotlib import rcParams
from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from scenarios import plots
from scenarios.errors import RequestError
from scenarios.plots import style
from tests.plots.conftest import CASES, DRAWN, NOTHING

CROWDED = ("exceedance", "ladder", "signs")
NEAR = 0.5  # pixels by which boxes of text may touch


def labels(axes: Axes) -> str:
    titles = (axes.get_title(loc=place) for place in ("left", "center", "right"))
    ticks = (each.get_text() for each in axes.get_yticklabels())
    return " ".join([*titles, axes.get_xlabel(), axes.get_ylabel(), *ticks]).replace("\n", " ")


def panels(figure: Figure) -> list[Axes]:
    """Panels that hold numbers: the colour bar of a map and the strip of dates hold none of their own."""
    return [each for each in figure.axes if each.get_label() != "<colorbar>" and each.get_yticks().size]


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("name", DRAWN)
def test_every_figure_is_drawn_whatever_the_number_of_theories_and_draws(drawn, name, case):
    if (name, case) == ("story", NOTHING):
        with pytest.raises(RequestError, match="events of replication 0 are not recorded"):
            drawn(name, case)
        return
    assert isinstance(drawn(name, case), Figure)
    assert drawn(name, case).axes


@pytest.mark.parametrize("name", ["bands", "ladder", "strip", "tiles", "exceedance"])
def test_a_panel_without_successful_draws_states_that_and_has_no_line(drawn, name):
    figure = drawn(name, NOTHING)
    assert not any(line.get_xdata().size for axes in figure.axes[:1] for line in axes.lines)
    assert any(each.get_text() for each in figure.axes[0].texts)
    assert "2 draws failed and are left out." in " ".join(figure.get_supxlabel().split()) or name != "strip"


@pytest.mark.parametrize("name", DRAWN)
def test_every_panel_has_a_unit_and_the_number_of_replications(drawn, name):
    figure = drawn(name, "eight theories")
    units = [labels(axes) for axes in figure.axes if "[" in labels(axes)]
    assert units
    for axes in panels(figure):
        numbers = labels(axes) if name != "split" else labels(figure.axes[0])
        assert re.search(r"n = [\d,]+", numbers), numbers
        assert re.search(r"\[.+\]", labels(axes)) or name == "tiles", labels(axes)


@pytest.mark.parametrize("name", DRAWN)
def test_every_caption_warns_and_names_date_world_run_and_grades(simulated, drawn, name):
    caption, about = " ".join(drawn(name, "two draws").get_supxlabel().split()), simulated("two draws").manifest
    for part in ("A conditional exploration, not a forecast.", f"As of {about['as_of']}", f"world {about['world']}",
                 "n = 2 draws under each theory", f"seed {about['seed']}", f"run {about['id']}", about["grades"],
                 "A backtested"):  # fmt: skip
        assert part in caption


@pytest.mark.parametrize("name", DRAWN)
def test_no_text_lies_on_another_and_none_leaves_the_page(drawn, name):
    figure = drawn(name, "eight theories" if name in CROWDED else "two draws")
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    shown, page = texts(figure, canvas.get_renderer()), figure.bbox
    for text, box in shown:
        assert box.x0 >= page.x0 - NEAR, text
        assert box.x1 <= page.x1 + NEAR, text
    for (one, first), (other, second) in combinations(shown, 2):
        apart = (
            first.x1 - NEAR <= second.x0 or second.x1 - NEAR <= first.x0
            or first.y1 - NEAR <= second.y0 or second.y1 - NEAR <= first.y0
        )  # fmt: skip
        assert apart, f"{one!r} lies on {other!r}"


def texts(figure: Figure, renderer: RendererBase) -> list[tuple[str, Bbox]]:
    """Texts that are drawn, with their boxes; ticks beyond the limits of their axis are not."""
    axes_of = {axis: axes for axes in figure.axes for axis in (axes.xaxis, axes.yaxis)}
    ticks = {
        label: (axes, 0 if axis is axes.xaxis else 1)
        for axis, axes in axes_of.items()
        for tick in (*axis.get_major_ticks(), *axis.get_minor_ticks())
        for label in (tick.label1, tick.label2)
    }
    boxes = []
    for text in figure.findobj(Text):
        if not text.get_text().strip() or not text.get_visible():
            continue
        box = text.get_window_extent(renderer)
        axes, place = ticks.get(text, (None, 0))
        if axes and not axes.axison:
            continue
        middle = (box.min[place] + box.max[place]) / 2
        if axes is None or axes.bbox.min[place] - 1 <= middle <= axes.bbox.max[place] + 1:
            boxes.append((text.get_text(), box))
    return boxes


def test_looks_differ_in_grey_between_neighbours_and_in_line_and_hatch_between_all():
    grey = [style.lightness(each.color) for each in style.LOOKS]
    assert all(abs(one - other) > 0.1 for one, other in pairwise(grey))
    for one, other in combinations(style.LOOKS, 2):
        assert (one.line, one.marker, one.hatch) != (other.line, other.marker, other.hatch)
        assert one.line != other.line
        assert one.marker != other.marker


def test_the_rungs_grow_darker_step_by_step_in_grey():
    grey = [style.lightness(each) ** (1 / 2.4) for each in style.shades(8)]
    assert all(lighter - darker > 0.05 for lighter, darker in pairwise(grey))


def test_higher_and_lower_and_open_differ_in_grey():
    grey = [style.lightness(each) for each in (style.MORE, style.LESS, style.OPEN)]
    assert all(abs(one - other) > 0.2 for one, other in combinations(grey, 2))


@pytest.mark.parametrize("color", [*(each.color for each in style.LOOKS), style.MORE, style.LESS, style.OPEN])
def test_ink_is_read_on_every_colour(color):
    paper, ink = style.lightness(color), style.lightness(style.ink_on(color))
    assert (max(paper, ink) + 0.05) / (min(paper, ink) + 0.05) >= 4.5  # WCAG 2.1, level AA


def test_no_style_of_the_caller_is_changed_and_none_is_taken_over(simulated):
    before = dict(rcParams)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(rcParams, "font.size", 30.0)
        figure = plots.strip(simulated("two draws"))
    assert dict(rcParams) == before
    assert max(each.get_fontsize() for each in figure.findobj(Text)) <= style.SIZES["figure"]


@pytest.mark.parametrize("name", DRAWN)
def test_a_figure_is_the_same_picture_every_time_and_needs_no_file(drawn, simulated, name):
    first, second = drawn(name, "eight theories"), DRAWN[name](simulated("eight theories"))
    assert plots.data_uri(first, dpi=50) == plots.data_uri(second, dpi=50)
    assert plots.data_uri(first, dpi=50).startswith("data:image/png;base64,iVBORw0KGgo")
    drawings = [plots.svg(each) for each in (first, second, second, second)]
    assert all(each == drawings[0] for each in drawings)


def test_a_figure_in_words_is_its_title_and_caption(drawn):
    words = plots.alternative_text(drawn("ladder", "two draws"))
    assert words.startswith("full withdrawal: the ladder of escalation.")
    assert "not a forecast" in words
    assert "\n" not in words
