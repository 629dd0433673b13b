"""The commands of `peftlint`, one module each."""
