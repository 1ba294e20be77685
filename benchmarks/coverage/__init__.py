"""How often the headlines' intervals hold the truth, on invented towns."""
