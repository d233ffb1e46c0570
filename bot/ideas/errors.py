"""What members can get wrong with ideas; the docstring of each is the sentence they read."""
