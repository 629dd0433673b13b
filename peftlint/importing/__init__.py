"""Works from a bibliography put into a list, written as the list writes its own."""
