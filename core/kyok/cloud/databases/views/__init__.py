"""What the private API tells of databases: facts only; the words are made by `kyok.domain` on both sides."""
