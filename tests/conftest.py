"""How the property tests run: the same examples each time, so that a failure is the change's and can be run again.

`pytest --hypothesis-profile=search` looks for new examples. What it finds becomes a test of its own.
"""

from hypothesis import settings

settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("search", deadline=None, max_examples=1000)
settings.load_profile("same")
