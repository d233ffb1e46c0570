"""All settings of a server on one card, and putting them back."""
