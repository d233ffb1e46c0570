"""What a member can do now by what they have done so far, and what of a server is set."""
