"""The pages of the project, and what generates their tables."""
