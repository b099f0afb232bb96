"""Results as tables and lines of text for the terminal."""
