"""What holds of every figure: units and n, a caption that warns, no text on another, nothing lost without colour."""

import re
from itertools import combinations

import pytest
from matplotlib import rcParams
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text

from scenarios import figures
from scenarios.figures import style
from tests.figures.conftest import CASES, DRAWN

NEAR = 0.5  # pixels by which boxes of text may touch


def said(axes: Axes) -> str:
    titles = (axes.get_title(loc=place) for place in ("left", "center", "right"))
    ticks = (each.get_text() for each in axes.get_yticklabels())
    return " ".join([*titles, axes.get_xlabel(), axes.get_ylabel(), *ticks]).replace("\n", " ")


def panels(figure: Figure) -> list[Axes]:
    """Panels that hold numbers: the colour bar of a map and the strip of dates hold none of their own."""
    return [each for each in figure.axes if each.get_label() != "<colorbar>" and each.get_yticks().size]


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("name", DRAWN)
def test_every_figure_is_drawn_whatever_the_number_of_theories_and_draws(lived, name, case):
    figure = DRAWN[name](lived(case))
    assert isinstance(figure, Figure)
    assert figure.axes


@pytest.mark.parametrize("name", DRAWN)
def test_every_panel_has_a_unit_and_the_number_of_replications(lived, name):
    figure = DRAWN[name](lived("eight theories"))
    units = [said(each) for each in figure.axes if "[" in said(each)]
    assert units
    for axes in panels(figure):
        numbers = said(axes) if name != "split" else said(figure.axes[0])
        assert re.search(r"n = [\d,]+", numbers), numbers
        assert re.search(r"\[.+\]", said(axes)) or name == "tiles", said(axes)


@pytest.mark.parametrize("name", DRAWN)
def test_every_caption_warns_and_says_of_when_where_from_and_on_what(lived, name):
    result = lived("two draws")
    caption = " ".join(DRAWN[name](result).get_supxlabel().split())
    about = result.manifest
    for part in ("A conditional exploration, not a forecast.", f"As of {about['as_of']}", f"world {about['world']}",
                 "n = 2 draws under each theory", f"seed {about['seed']}", f"run {about['id']}", about["grades"],
                 "A backtested"):  # fmt: skip
        assert part in caption


@pytest.mark.parametrize("name", [each for each in DRAWN if each != "forest"])
def test_no_text_lies_on_another_and_none_leaves_the_page(lived, name):
    figure = DRAWN[name](lived("eight theories"))
    figures.png(figure, dpi=60)
    renderer, page = figure.canvas.get_renderer(), figure.bbox
    texts = [each for each in figure.findobj(Text) if each.get_text().strip() and each.get_visible()]
    shown = [(each.get_text(), each.get_window_extent(renderer)) for each in texts if drawn(each)]
    for text, box in shown:
        assert box.x0 >= page.x0 - NEAR, text
        assert box.x1 <= page.x1 + NEAR, text
    for (one, first), (other, second) in combinations(shown, 2):
        apart = (
            first.x1 - NEAR <= second.x0 or second.x1 - NEAR <= first.x0
            or first.y1 - NEAR <= second.y0 or second.y1 - NEAR <= first.y0
        )  # fmt: skip
        assert apart, f"{one!r} lies on {other!r}"


def drawn(text: Text) -> bool:
    """Whether a text is on the page: ticks beyond the limits of their axis are not."""
    axes = text.axes
    if axes is None:
        return True
    for axis, place, (low, high) in ((axes.xaxis, 0, axes.get_xlim()), (axes.yaxis, 1, axes.get_ylim())):
        if text in axis.get_ticklabels(which="both"):
            return min(low, high) <= text.get_position()[place] <= max(low, high)
    return True


def test_looks_differ_in_grey_between_neighbours_and_in_line_and_hatch_between_all():
    grey = [style.lightness(each.color) for each in style.LOOKS]
    assert all(abs(one - other) > 0.1 for one, other in zip(grey, grey[1:], strict=False))
    for one, other in combinations(style.LOOKS, 2):
        assert (one.line, one.marker, one.hatch) != (other.line, other.marker, other.hatch)
        assert one.line != other.line
        assert one.marker != other.marker


def test_the_rungs_grow_darker_step_by_step_in_grey():
    grey = [style.lightness(each) ** (1 / 2.4) for each in style.shades(8)]
    assert all(lighter - darker > 0.05 for lighter, darker in zip(grey, grey[1:], strict=False))


def test_higher_and_lower_and_open_are_told_apart_in_grey():
    grey = [style.lightness(each) for each in (style.MORE, style.LESS, style.OPEN)]
    assert all(abs(one - other) > 0.2 for one, other in combinations(grey, 2))


@pytest.mark.parametrize("color", [*(each.color for each in style.LOOKS), style.MORE, style.LESS, style.OPEN])
def test_ink_is_read_on_every_colour(color):
    paper, ink = style.lightness(color), style.lightness(style.ink_on(color))
    assert (max(paper, ink) + 0.05) / (min(paper, ink) + 0.05) >= 4.5  # WCAG 2.1, level AA


def test_no_style_of_the_caller_is_changed_and_none_is_taken_over(lived):
    before = dict(rcParams)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(rcParams, "font.size", 30.0)
        figure = figures.strip(lived("two draws"))
    assert dict(rcParams) == before
    assert max(each.get_fontsize() for each in figure.findobj(Text)) <= style.SIZES["figure"]


def test_a_figure_is_the_same_picture_every_time_and_needs_no_file(lived):
    result = lived("two draws")
    assert figures.png(figures.strip(result)) == figures.png(figures.strip(result))
    assert figures.svg(figures.strip(result)) == figures.svg(figures.strip(result))
    assert figures.data_uri(figures.strip(result)).startswith("data:image/png;base64,iVBORw0KGgo")


def test_a_figure_in_words_is_its_title_and_caption(lived):
    words = figures.in_words(figures.ladder(lived("two draws")))
    assert words.startswith("full withdrawal: the ladder of escalation.")
    assert "not a forecast" in words
    assert "\n" not in words
