"""Evidence behind every number: the files of seeds/, read and checked."""
