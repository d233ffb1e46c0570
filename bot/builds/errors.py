"""What members can get wrong with builds; the docstring of each is the sentence they read."""
