"""Instance policies: rules for keys that are made later, and for the whole instance."""
