"""The sealing key of a home: what everything secret on the disk is sealed under, and where that key is kept."""
