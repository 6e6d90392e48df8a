"""The crypto units of a Hyper Protect Crypto Services instance."""
