"""Style of every figure: sizes, colours that also differ in grey, panels, notes, captions and image formats."""

import base64
import html
import io
import textwrap
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any, Literal, NamedTuple, ParamSpec, TypeVar

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.patches import Patch
from matplotlib.ticker import StrMethodFormatter
from matplotlib.transforms import Bbox

WIDTH = 7.6  # inches: a page between its margins

SIZES = {"figure": 12, "panel": 10, "text": 9.5, "small": 8.5}  # points

CAPTION_SIZE = 8

LETTERS_PER_INCH = 16.3  # of the caption

LINE = 0.172  # inches of height of a line of sentences

LETTERS = 84  # of such a line

DPI = 110

INK, OPEN = "#000000", "#f2f2f2"

MORE, LESS = "#a33b00", "#9fd3f2"  # of a difference: dark for up, light for down

RC: Mapping[Any, Any] = {
    "font.family": "DejaVu Sans",
    "font.size": SIZES["text"],
    "axes.titlesize": SIZES["panel"],
    "axes.labelsize": SIZES["text"],
    "xtick.labelsize": SIZES["small"],
    "ytick.labelsize": SIZES["small"],
    "legend.fontsize": SIZES["text"],
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.grid": False,
    "grid.color": "#cccccc",
    "grid.linewidth": 0.5,
    "hatch.linewidth": 0.6,
    "svg.hashsalt": "scenarios",
}

Share = bool | Literal["none", "all", "row", "col"]

P = ParamSpec("P")

T = TypeVar("T")


@dataclass(frozen=True)
class Look:
    """Colour, line, marker and hatch by which one of several series is distinguished from the others."""

    color: str
    line: str | tuple
    marker: str
    hatch: str


# Okabe and Ito (2008), in an order in which neighbours differ in lightness as well
LOOKS = (
    Look("#0072B2", "-", "o", ""),
    Look("#E69F00", "--", "s", "///"),
    Look("#000000", ":", "^", "..."),
    Look("#009E73", "-.", "D", "xxx"),
    Look("#56B4E9", (0, (8, 2)), "P", "+++"),
    Look("#D55E00", (0, (5, 1, 1, 1, 1, 1)), "v", "\\\\\\"),
    Look("#5c5200", (0, (3, 1, 1, 1)), "<", "---"),
    Look("#CC79A7", (0, (1, 2)), "X", "ooo"),
)


def look(number: int) -> Look:
    """Look of the n-th of several series; looks repeat from the ninth on."""
    return LOOKS[number % len(LOOKS)]


def lightness(color: str | tuple) -> float:
    """Relative luminance of a colour, 0 black to 1 white (WCAG 2.1)."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(color)]
    return float(np.dot((0.2126, 0.7152, 0.0722), linear))


def ink_on(color: str | tuple) -> str:
    """Ink, black or white, that is easier to read on a colour."""
    return "#000000" if lightness(color) > 0.18 else "#ffffff"


def shades(number: int) -> list[tuple]:
    """Steps from light to dark that differ in grey and to colour-blind eyes (cividis)."""
    return [tuple(shade) for shade in mpl.colormaps["cividis"](np.linspace(1.0, 0.0, number))]


def styled(draw: Callable[P, T]) -> Callable[P, T]:
    """Decorate a function so that it draws in this style, whatever the style of the caller."""

    @wraps(draw)
    def draw_styled(*args: P.args, **kwargs: P.kwargs) -> T:
        with mpl.rc_context():
            mpl.rcdefaults()
            mpl.rcParams.update(RC)
            return draw(*args, **kwargs)

    return draw_styled


class StableLayout(ConstrainedLayoutEngine):
    """Constrained layout, reproducible to 1e-5 of the page although the last digits of the solver differ."""

    def execute(self, fig: Figure) -> None:
        """Place the panels of a figure."""
        for axes in fig.axes:
            if (cell := axes.get_subplotspec()) is not None:
                _place(axes, cell.get_position(fig).bounds)
        super().execute(fig)
        for axes in fig.axes:
            _place(axes, np.round(axes.get_position(original=True).bounds, 5))


def _place(axes: Axes, bounds: Iterable[float]) -> None:
    """Place a panel and keep it in the layout."""
    axes.set_position(Bbox.from_bounds(*bounds), which="original")
    axes.set_in_layout(True)


class Picture(Figure):
    """Figure that a notebook displays, with title and caption as alternative text."""

    def _repr_html_(self) -> str:
        return f'<img src="{data_uri(self)}" alt="{html.escape(alternative_text(self))}" style="max-width: 100%;">'


def blank(height: float) -> Figure:
    """Figure of page width without panels."""
    return Picture(figsize=(WIDTH, height), layout=StableLayout(h_pad=0.06, w_pad=0.06, hspace=0.03, wspace=0.03))


def panelled(
    rows: int, columns: int, height: float, *, sharex: Share = False, sharey: Share = False
) -> tuple[Figure, np.ndarray]:
    """Figure of page width and its panels; `height` of a row in inches, to which `finish` adds title and caption."""
    figure = blank(rows * height)
    panels = figure.subplots(rows, columns, sharex=sharex, sharey=sharey, squeeze=False)
    return figure, panels


class Panel(NamedTuple):
    """One of several panels, and its place in their grid."""

    axes: Axes
    first: bool  # of its row
    last: bool  # of its column


def small_multiples(
    number: int, height: float, most: int = 2, *, sharex: Share = False, sharey: Share = False
) -> tuple[Figure, list[Panel]]:
    """Figure of page width and a number of panels in rows of `most` at most; `height` of a row in inches."""
    columns = min(number, most)
    figure, grid = panelled(-(-number // columns), columns, height, sharex=sharex, sharey=sharey)
    for axes in grid.flat[number:]:
        axes.remove()
    return figure, [
        Panel(axes, at % columns == 0, at >= number - columns) for at, axes in enumerate(grid.flat[:number])
    ]


class Footnote(NamedTuple):
    """Numbered and dated sentence below a figure, wrapped into lines."""

    number: int
    when: str
    lines: tuple[str, ...]


def numbered_note(number: int, when: object, sentence: str) -> Footnote:
    """Wrap a sentence into a note below a figure."""
    return Footnote(number, str(when), tuple(textwrap.wrap(sentence, LETTERS)))


def finish(
    figure: Figure, heading: str, caption: str, keys: Sequence[Any] = (), notes: Sequence[Footnote] = (), most: int = 3
) -> Figure:
    """Add heading and keys above the panels, notes and the caption below them; the figure grows accordingly."""
    panels = figure.get_figheight()
    title, small = textwrap.wrap(heading, int(WIDTH * 10.5)), textwrap.wrap(caption, int(WIDTH * LETTERS_PER_INCH))
    above = [0.27 * len(title), 0.21 * -(-len(keys) // most) + 0.06]
    below = [LINE * sum(len(note.lines) for note in notes) + (0.2 if notes else 0.0), 0.15 * len(small) + 0.12]
    height = sum(above) + panels + sum(below)
    figure.set_size_inches(WIDTH, height)
    engine = figure.get_layout_engine()
    assert isinstance(engine, ConstrainedLayoutEngine)
    engine.set(rect=(0.0, sum(below) / height, 1.0, panels / height))
    at = {"x": 0.01, "ha": "left", "va": "top"}
    figure.suptitle("\n".join(title), y=1.0 - 0.05 / height, fontsize=SIZES["figure"], fontweight="bold", **at)
    figure.supxlabel("\n".join(small), y=(below[1] - 0.04) / height, fontsize=CAPTION_SIZE, color="#333333", **at)
    if keys:
        figure.legend(handles=keys, loc="upper left", bbox_to_anchor=(0.0, 1.0 - above[0] / height), ncols=most,
                      fontsize=SIZES["small" if most < 3 else "text"], frameon=False, borderaxespad=0.1,
                      handlelength=1.8 if isinstance(keys[0], Patch) else 3.2, columnspacing=1.5)  # fmt: skip
    _write_notes(figure, notes, sum(below), height)
    return figure


def _write_notes(figure: Figure, notes: Sequence[Footnote], top: float, height: float) -> None:
    """Write numbered and dated sentences below one another."""
    down = top - LINE
    for note in notes:
        figure.text(0.35 / WIDTH, down / height, str(note.number), ha="right")
        figure.text(0.45 / WIDTH, down / height, note.when)
        for line in note.lines:
            figure.text(1.36 / WIDTH, down / height, line)
            down -= LINE


def keys_of(panels: Iterable[Axes]) -> list[Any]:
    """Legend handles of some panels, one for each label."""
    named = {name: handle for axes in panels for handle, name in zip(*axes.get_legend_handles_labels(), strict=True)}
    return list(named.values())


def panel_title(axes: Axes, text: str, wrap: int = 40) -> None:
    """Set the title of a panel at its upper left."""
    axes.set_title("\n".join(textwrap.wrap(text, wrap)), loc="left")


def label(axes: Axes, x: str = "", y: str = "", wrap: int = 30) -> None:
    """Label the axes with name, unit and n, wrapped."""
    axes.set_xlabel("\n".join(textwrap.wrap(x, 44)))
    axes.set_ylabel("\n".join(textwrap.wrap(y, wrap)))


def thousands(axis: Axis) -> None:
    """Format the numbers on an axis with commas."""
    axis.set_major_formatter(StrMethodFormatter("{x:,.10g}"))


def explain_empty(axes: Axes, reason: str) -> None:
    """Write in an empty panel the reason why nothing is drawn."""
    axes.text(0.5, 0.5, textwrap.fill(reason, 36), transform=axes.transAxes, ha="center", va="center", color="#444444")


def png(figure: Figure, dpi: int = DPI) -> bytes:
    """Render a figure as PNG."""
    sink = io.BytesIO()
    figure.savefig(sink, format="png", dpi=dpi, metadata={"Software": None})
    return sink.getvalue()


def svg(figure: Figure) -> str:
    """Render a figure as SVG, with the same bytes every time."""
    sink = io.StringIO()
    with mpl.rc_context({"svg.hashsalt": "scenarios"}):
        figure.savefig(sink, format="svg", metadata={"Date": None, "Creator": None})
    return sink.getvalue()


def data_uri(figure: Figure, dpi: int = DPI) -> str:
    """Render a figure as a data URI for the `src` of an image."""
    return f"data:image/png;base64,{base64.b64encode(png(figure, dpi)).decode()}"


def alternative_text(figure: Figure) -> str:
    """Title and caption of a figure as its alternative text."""
    return " ".join(f"{figure.get_suptitle()}. {figure.get_supxlabel()}".split())
