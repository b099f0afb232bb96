"""The model held against its sources: stylised facts, and counts up to 2022."""
