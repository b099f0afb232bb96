"""One replication of the model built again from docs/odd.md, number by number; section numbers are those of the page.

Nothing here calls a rule of the model. Parameters, initial states and inputs of the day are taken as given; luck is
drawn anew by its address.
"""

from tests.docs.rebuilt.course import Rebuilt

__all__ = ["Rebuilt"]
