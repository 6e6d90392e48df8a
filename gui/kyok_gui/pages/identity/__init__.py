"""Who may do what: API keys, and the users of the account."""
