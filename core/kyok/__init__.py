"""KYOK Console: keep your own key, with the cloud inside."""

__version__ = "0.1.0"
