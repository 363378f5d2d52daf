"""Directories of bonds: read, understood, matched with the cities that are known, and taken in."""
