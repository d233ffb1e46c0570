"""What a member can do now, and all there is to do."""
