"""What is said of the machine of a node: what it does, why it does not run, and its figures. Words only."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from kyok.domain import texts
from kyok.domain.cluster import NodeState
from kyok.domain.key_rules import NodeKeyStatus
from kyok.domain.texts import EN_DASH
from kyok.domain.translation import noted, tr
from kyok_gui.pages.database.overview_words import size

if TYPE_CHECKING:
    from kyok.client.records.databases import NodeDetail, ServerDetail
    from kyok.client.records.detail import DatabaseDetail

_OPENS = (NodeKeyStatus.CONNECTED, NodeKeyStatus.DEFAULT_KEY, NodeKeyStatus.CHECKING)
_DAY = 86_400
READ_ONLY = noted("Read-only: no second node confirms writes.")
_QUORUM = 2
"""Nodes that must have a write before it is confirmed."""


def of_machine(node: NodeDetail) -> str:
    """What the machine does or why it does not run, where the key is not the reason; nothing when it runs."""
    message = _message(node)
    if node.state is NodeState.CREATING:
        return f"{sentence(message)}." if message else _made_so_far(node)
    if node.key_status not in _OPENS:
        return ""
    if node.state is NodeState.RESTARTING:
        return f"{sentence(message)}." if message else tr("Starts its database server.")
    if node.state is NodeState.FAILED:
        return tr("Failed: {message}.", message=message or tr("no reason was given"))
    if node.state is NodeState.STOPPED and message.startswith("stopped"):
        return f"{sentence(message)}."
    if node.state is NodeState.STOPPED:
        return tr("Stopped: {message}.", message=message or tr("not because of its key"))
    return ""


def _message(node: NodeDetail) -> str:
    return node.reason.message.rstrip(".") if node.reason is not None else ""


def _made_so_far(node: NodeDetail) -> str:
    if node.server is not None and node.server.pid is not None:
        return tr("Its server runs and waits for the others.")
    return tr("The node is being created.")


def doing(nodes: Sequence[NodeDetail]) -> str:
    """What nodes on their way do: `Node 2 copies the data of the primary.`"""
    told = [
        tr("Node {number} {message}.", number=node.number, message=message)
        for node in nodes
        if (message := _message(node))
    ]
    return " ".join(told)


def sentence(words: str) -> str:
    """Words with a capital letter in front."""
    return words[:1].upper() + words[1:]


def read_only(detail: DatabaseDetail) -> bool:
    """Whether the data can be read and not written: fewer nodes run than must confirm a write."""
    running = sum(node.state is NodeState.RUNNING for node in detail.nodes)
    return detail.data.readable and running < _QUORUM


def lag(node: NodeDetail, *, in_bytes: bool = False) -> str:
    """How far a secondary node is behind: `0 s`, or `1 s, 24 KB` when bytes are wanted and there are any."""
    if node.replication_lag is None:
        return EN_DASH
    behind = f"{node.replication_lag} s"
    return f"{behind}, {short_size(node.lag_bytes)}" if in_bytes and node.lag_bytes else behind


def memory(server: ServerDetail) -> str:
    """Memory that the server takes."""
    return short_size(server.memory_bytes) if server.memory_bytes else EN_DASH


def storage(node: NodeDetail) -> str:
    """What the node's volume takes on disk."""
    return short_size(node.volume.size_bytes) if node.volume.size_bytes else EN_DASH


def uptime(server: ServerDetail, since: float = 0) -> str:
    """How long the server has run, `since` seconds after it was asked: `34 s`, `12 min`, `5 h`, `6 days`."""
    if server.uptime_seconds is None:
        return EN_DASH
    total = server.uptime_seconds + int(since)
    if total >= _DAY:
        return texts.plural(total // _DAY, "day")
    unit = next((unit for unit in (3_600, 60) if total >= unit), 1)
    return texts.span(timedelta(seconds=total - total % unit))


def short_size(count: int) -> str:
    """Bytes in few letters: `38 MB`, `1.2 GB`."""
    return re.sub(r"\.\d MB", " MB", size(count))
