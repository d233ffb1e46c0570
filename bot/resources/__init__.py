"""Resources: what one can learn from, build with, show on and find work by."""
