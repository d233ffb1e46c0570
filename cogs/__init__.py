"""The Discord face: it parses, calls one service method, and renders."""
