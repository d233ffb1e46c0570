"""What the signals of a post are told by: patterns by what they prove, with what undoes them."""
