"""How the blocks of a list become entries: parts, their fields, tables, and what is a work."""
