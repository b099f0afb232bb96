"""Who acts in Iraq and why: actors, mechanisms and the ensemble in which they live. No files, no Hydra, no pandas."""
