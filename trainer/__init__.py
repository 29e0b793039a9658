"""A voice roleplay trainer: an angry synthetic customer calls; did you slow down and lower your voice?"""

__version__ = "0.1.0"
