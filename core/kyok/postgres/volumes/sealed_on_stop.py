"""Volumes that are clear on disk while they are open, and sealed when they close (postgres-nodes.md 6.3).

Works everywhere and protects least: nothing while servers run, nor after a crash, until the next clean close. Removing
a clear file is no shredding either: the medium, the file system's journal and its snapshots may keep copies.
"""

import os

from kyok.postgres.errors import VolumeError
from kyok.postgres.volumes.common import WithoutLog
from kyok.postgres.volumes.sealed_tree import SealedTreeVolume


class UnsealedLeft(VolumeError):
    """A crash left data in clear that is sealed nowhere, and its key is not usable."""

    summary = "The node's data lies in clear on this disk, and what was written last is sealed nowhere."
    remedy = "Make the key usable again and open the node, or erase the clear data: then what was written last is lost."


class SealedOnStopVolume(WithoutLog, SealedTreeVolume):
    """See `kyok.postgres.volumes.port.NodeVolume`.

    A clear view that a crash left is open: `open` proves the key with the base of the last close, and keeps it.
    """

    def drop(self) -> None:
        """See the port; but what is sealed nowhere is not removed: `erase_clear` does that, when a person asks for it.

        Raises:
            UnsealedLeft: the volume is open.
        """
        if self.is_open():
            raise UnsealedLeft()
        super().drop()

    def erase_clear(self) -> None:
        """Removes the clear view for good. The volume then opens as it was when it was closed last.

        Raises:
            VolumeError: it could not be removed.
        """
        super().drop()

    def _make_durable(self) -> None:
        # A power cut could else keep the new name and lose what the files hold. One call is far quicker than one for
        # each file.
        os.sync()
