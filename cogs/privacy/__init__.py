"""What members can do about what is stored of them."""
