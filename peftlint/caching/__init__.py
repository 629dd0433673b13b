"""Results kept from run to run, so that what did not change is not done again.

What is here is imported before anything else of a run, so it imports next to nothing.
"""
