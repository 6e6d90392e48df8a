"""The frame around the pages: header, navigation, bars, and the panels that belong to the window."""
