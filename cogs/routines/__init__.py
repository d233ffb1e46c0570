"""The Discord face of routines and pauses."""
