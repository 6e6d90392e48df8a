"""The window of KYOK Console: a client of the cloud and nothing more."""
