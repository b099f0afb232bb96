"""Results told and drawn."""
