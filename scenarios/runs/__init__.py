"""Finished tables read column by column: as frames, as arrays, as pages."""
