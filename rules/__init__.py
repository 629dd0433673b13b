"""peftlint's own rules, one module each: this folder's listing is the table of contents."""
