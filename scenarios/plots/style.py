"""One look for every figure: sizes, colours that differ in grey too, panels, a caption below."""

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

INK, PALE, OPEN = "#000000", "#8a8a8a", "#f2f2f2"

MORE, LESS = "#a33b00", "#9fd3f2"  # of a difference: dark for up, light for down


class Told(NamedTuple):
    """A numbered, dated sentence below a figure, in lines."""

    number: int
    when: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Look:
    """How one of several things is told from the others, by colour and without."""

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


class Layout(ConstrainedLayoutEngine):
    """Constrained layout, alike every time: from the grid on, to 1e-5 of the page (the solver's last digits differ)."""

    def execute(self, fig: Figure) -> None:
        """Place the panels of a figure."""
        for axes in fig.axes:
            if (cell := axes.get_subplotspec()) is not None:
                _place(axes, cell.get_position(fig).bounds)
        super().execute(fig)
        for axes in fig.axes:
            _place(axes, np.round(axes.get_position(original=True).bounds, 5))


def _place(axes: Axes, bounds: Iterable[float]) -> None:
    """Move a panel, which stays in the layout."""
    axes.set_position(Bbox.from_bounds(*bounds), which="original")
    axes.set_in_layout(True)


Share = bool | Literal["none", "all", "row", "col"]

P = ParamSpec("P")

T = TypeVar("T")


def styled(draw: Callable[P, T]) -> Callable[P, T]:
    """A function that draws in this style, whatever style the caller works in."""

    @wraps(draw)
    def drawn(*args: P.args, **kwargs: P.kwargs) -> T:
        with mpl.rc_context():
            mpl.rcdefaults()
            mpl.rcParams.update(RC)
            return draw(*args, **kwargs)

    return drawn


def look(number: int) -> Look:
    """The look of the n-th of several things; from the ninth on they come again."""
    return LOOKS[number % len(LOOKS)]


def lightness(color: str | tuple) -> float:
    """Relative luminance of a colour, 0 black to 1 white (WCAG 2.1)."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(color)]
    return float(np.dot((0.2126, 0.7152, 0.0722), linear))


def ink_on(color: str | tuple) -> str:
    """Black or white, whichever reads better on a colour."""
    return "#000000" if lightness(color) > 0.18 else "#ffffff"


def shades(number: int) -> list[tuple]:
    """Steps from light to dark that differ in grey and to colour-blind eyes (cividis)."""
    return [tuple(each) for each in mpl.colormaps["cividis"](np.linspace(1.0, 0.0, number))]


def page(
    rows: int, columns: int, height: float, *, sharex: Share = False, sharey: Share = False
) -> tuple[Figure, np.ndarray]:
    """A figure of page width and its panels; `height` of a row in inches, to which `finish` adds title and caption."""
    figure = blank(rows * height)
    panels = figure.subplots(rows, columns, sharex=sharex, sharey=sharey, squeeze=False)
    return figure, panels


def blank(height: float) -> Figure:
    """A figure of page width without panels."""
    return Picture(figsize=(WIDTH, height), layout=Layout(h_pad=0.06, w_pad=0.06, hspace=0.03, wspace=0.03))


def grid(number: int, most: int = 2) -> tuple[int, int]:
    """Rows and columns for so many panels."""
    columns = min(number, most)
    return -(-number // columns), columns


def finish(
    figure: Figure, heading: str, said: str, keys: Sequence[Any] = (), told: Sequence[Told] = (), most: int = 3
) -> Figure:
    """Heading and keys above the panels, sentences and the caption below them; the figure grows by what they need."""
    panels = figure.get_figheight()
    title, note = textwrap.wrap(heading, int(WIDTH * 10.5)), textwrap.wrap(said, int(WIDTH * LETTERS_PER_INCH))
    above = [0.27 * len(title), 0.21 * -(-len(keys) // most) + 0.06]
    below = [LINE * sum(len(each.lines) for each in told) + (0.2 if told else 0.0), 0.15 * len(note) + 0.12]
    height = sum(above) + panels + sum(below)
    figure.set_size_inches(WIDTH, height)
    engine = figure.get_layout_engine()
    assert isinstance(engine, ConstrainedLayoutEngine)
    engine.set(rect=(0.0, sum(below) / height, 1.0, panels / height))
    at = {"x": 0.01, "ha": "left", "va": "top"}
    figure.suptitle("\n".join(title), y=1.0 - 0.05 / height, fontsize=SIZES["figure"], fontweight="bold", **at)
    figure.supxlabel("\n".join(note), y=(below[1] - 0.04) / height, fontsize=CAPTION_SIZE, color="#333333", **at)
    if keys:
        figure.legend(handles=keys, loc="upper left", bbox_to_anchor=(0.0, 1.0 - above[0] / height), ncols=most,
                      fontsize=SIZES["small" if most < 3 else "text"], frameon=False, borderaxespad=0.1,
                      handlelength=1.8 if isinstance(keys[0], Patch) else 3.2, columnspacing=1.5)  # fmt: skip
    _tell(figure, told, sum(below), height)
    return figure


def _tell(figure: Figure, told: Sequence[Told], top: float, height: float) -> None:
    """Numbered, dated sentences below one another."""
    down = top - LINE
    for each in told:
        figure.text(0.35 / WIDTH, down / height, str(each.number), ha="right")
        figure.text(0.45 / WIDTH, down / height, each.when)
        for line in each.lines:
            figure.text(1.36 / WIDTH, down / height, line)
            down -= LINE


def keys_of(panels: Iterable[Axes]) -> list[Any]:
    """What is named in some panels, each name once."""
    named = {name: handle for axes in panels for handle, name in zip(*axes.get_legend_handles_labels(), strict=True)}
    return list(named.values())


def label(axes: Axes, x: str = "", y: str = "", wrap: int = 30) -> None:
    """Names of the axes, each with its unit and n, wrapped."""
    axes.set_xlabel("\n".join(textwrap.wrap(x, 44)))
    axes.set_ylabel("\n".join(textwrap.wrap(y, wrap)))


def wrapped(number: int, when: object, sentence: str) -> Told:
    """A sentence to be told below a figure."""
    return Told(number, str(when), tuple(textwrap.wrap(sentence, LETTERS)))


def thousands(axis: Axis) -> None:
    """Numbers on an axis with commas."""
    axis.set_major_formatter(StrMethodFormatter("{x:,.10g}"))


def title(axes: Axes, text: str, wrap: int = 40) -> None:
    """What a panel is about, at its upper left."""
    axes.set_title("\n".join(textwrap.wrap(text, wrap)), loc="left")


def spare(panels: Iterable[Axes]) -> None:
    """Take away panels that hold nothing."""
    for each in panels:
        each.remove()


def nothing(axes: Axes, why: str) -> None:
    """Say in a panel why nothing is drawn there."""
    axes.text(0.5, 0.5, textwrap.fill(why, 36), transform=axes.transAxes, ha="center", va="center", color="#444444")


DPI = 110


class Picture(Figure):
    """A figure that a notebook shows by itself, with title and caption for those who do not see it."""

    def _repr_html_(self) -> str:
        return f'<img src="{data_uri(self)}" alt="{html.escape(in_words(self))}" style="max-width: 100%;">'


def png(figure: Figure, dpi: int = DPI) -> bytes:
    """A figure as PNG."""
    sink = io.BytesIO()
    figure.savefig(sink, format="png", dpi=dpi, metadata={"Software": None})
    return sink.getvalue()


def svg(figure: Figure) -> str:
    """A figure as SVG, the same bytes every time."""
    import matplotlib as mpl

    sink = io.StringIO()
    with mpl.rc_context({"svg.hashsalt": "scenarios"}):
        figure.savefig(sink, format="svg", metadata={"Date": None, "Creator": None})
    return sink.getvalue()


def data_uri(figure: Figure, dpi: int = DPI) -> str:
    """A figure as the `src` of an image that nothing has to be fetched for."""
    return f"data:image/png;base64,{base64.b64encode(png(figure, dpi)).decode()}"


def in_words(figure: Figure) -> str:
    """Title and caption of a figure, for those who do not see it."""
    return " ".join(f"{figure.get_suptitle()}. {figure.get_supxlabel()}".split())
