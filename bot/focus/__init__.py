"""Focus: blocks of undisturbed work, alone or in company."""
