"""What members can get wrong with polls; the docstring of each is the sentence they read."""
