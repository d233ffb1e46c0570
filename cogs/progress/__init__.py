"""The Discord face of progress: /progress and /ledger."""
