"""Figures as images: bytes, text, or an address that holds the whole picture."""

import base64
import html
import io

from matplotlib.figure import Figure

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
