"""Events of single replications, each with what brought it about."""
