"""Golden lines: what every scenario comes to in a small ensemble, to see which outcome a change of the code moves."""
