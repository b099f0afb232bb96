"""What is believed about cause and effect: pure functions of arrays, one file a theory family.

No function here knows an agent, a day or a random number; luck, where needed, comes in as an argument.
Every quantity is a number or an array of replications, (replications,) unless a docstring says otherwise.
"""
