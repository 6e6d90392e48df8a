"""The walk in the window: hands that press real widgets, screens that are read, steps with evidence, pictures."""
