"""What a reader can prove, and what they can believe, of what is published of invented towns."""
