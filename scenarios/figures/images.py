"""Figures as images: bytes, text, or an address that holds the whole picture."""

import base64
import io

from matplotlib.figure import Figure

DPI = 110


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
