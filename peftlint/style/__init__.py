"""How a list is written: one module for each convention that a list may have."""
