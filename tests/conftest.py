"""How the property tests run: the same examples each time, so that a failure is the change's and can be run again.

`pytest --hypothesis-profile=search` looks for new examples. What it finds becomes a test of its own.
"""

import signal

from hypothesis import settings

if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
    # a shell that runs the tests in the background ignores SIGINT, and so would the programs that they interrupt
    signal.signal(signal.SIGINT, signal.default_int_handler)

settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("search", deadline=None, max_examples=1000)
settings.load_profile("same")
