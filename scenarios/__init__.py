"""What is asked of the model of Iraq, and what is made of the answers."""
