"""Identity and access management: tokens, API keys, authorizations, and the one function that decides."""
