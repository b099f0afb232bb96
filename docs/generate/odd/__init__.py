"""The tables of docs/odd.md, made from the code and from seeds/, so that the page cannot drift from the model."""
