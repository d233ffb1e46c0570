"""What speaks for a lead or against it, each with the words of the post that prove it."""
