"""Display of a figure in a notebook."""

import html

from scenarios import plots


def test_a_figure_displays_itself_with_an_alternative_text(drawn):
    figure = drawn("bands", "eight theories")
    assert plots.data_uri(figure) in figure._repr_html_()
    assert html.escape(plots.alternative_text(figure)) in figure._repr_html_()
