"""Beliefs about cause and effect: pure functions of arrays, one file for each family of theories.

No function here knows an agent, a date or a random generator; luck, where needed, comes in as an argument.
Every quantity is a number or an array of replications, (replications,) unless a docstring states otherwise.
Keyword-only arguments are parameters: their meaning, unit and bounds are declared in agents/parameters/.
"""
