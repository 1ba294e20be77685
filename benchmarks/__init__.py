"""How fast the queue question is answered, side by side with other packages."""
