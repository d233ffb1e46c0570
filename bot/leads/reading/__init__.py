"""The readers of a post: one field a file, each pure, each answering with the words that prove it."""
