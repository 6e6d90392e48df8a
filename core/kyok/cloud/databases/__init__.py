"""The database service: instances of three nodes whose data key is wrapped by the customer's root key.

`service.DatabaseService` answers requests and takes part in the resource controller's transactions; what takes time or
must happen by itself is done by `reconciler.Reconciler`.
"""

from kyok.cloud.databases.reconciler import Reconciler
from kyok.cloud.databases.service import DatabaseService

__all__ = ["DatabaseService", "Reconciler"]
