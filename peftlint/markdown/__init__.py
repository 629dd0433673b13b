"""Markdown with exact places. Nobody else in peftlint imports markdown_it."""
