"""Rules that peftlint finds by the entry point in `pyproject.toml`; each module here is one."""
