"""A figure as it is shown in a notebook."""

import html

from scenarios import plots


def test_a_figure_shows_itself_and_says_in_words_what_it_shows(drawn):
    figure = drawn("bands", "eight theories")
    assert plots.data_uri(figure) in figure._repr_html_()
    assert html.escape(plots.in_words(figure)) in figure._repr_html_()
