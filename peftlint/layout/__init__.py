"""How an entry is written: layouts as small templates, and the proof that they read back."""
