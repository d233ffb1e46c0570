"""Job leads: the digest, /leads with its searches, watches and tracker, and the buttons under them."""
