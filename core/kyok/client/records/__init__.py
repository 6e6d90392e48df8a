"""Typed records of what the cloud answers. All frozen; times are aware UTC; an absent text is empty."""
