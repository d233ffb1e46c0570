"""Pictures of progress and of the ledger, drawn with Pillow. Nothing in here knows of Discord's objects."""
