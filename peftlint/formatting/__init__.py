"""How mdformat writes the rest of a list: what is kept as it is written, and what is not."""
