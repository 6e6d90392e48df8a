"""What is measured of an instance, as charts and as rows of a table. Nothing is drawn that was not measured."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from kyok.domain import databases, texts
from kyok.domain.translation import noted, tr
from kyok_gui.pages.database.overview_words import size
from kyok_gui.times import clock_time
from kyok_gui.widgets import Column
from kyok_gui.widgets.line_chart import ChartData, Line

if TYPE_CHECKING:
    from kyok.client.records.databases import Backup
    from kyok.client.records.detail import DatabaseDetail
    from kyok.client.records.metrics import Metrics, NodeSample, Sample

_KIB, _GIB = 1024, 1024**3
_OfNode = Callable[["NodeSample"], float | None]
_OfSample = Callable[["Sample"], float | None]


def milliseconds(value: float) -> str:
    """`4 ms`, `0.8 ms`."""
    return (
        tr("{value} ms", value=f"{value:.0f}") if value >= 10 or value == 0 else tr("{value} ms", value=f"{value:.1f}")
    )


def octets(value: float) -> str:
    """Bytes for people, and a plain zero."""
    return size(round(value)) if value else "0"


def count(value: float) -> str:
    """`1,200`."""
    return f"{value:,.0f}"


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing that is measured: of each node, or of the instance."""

    id: str
    title: str
    words: Callable[[float], str]
    of_node: _OfNode | None = None
    of_sample: _OfSample | None = None

    @property
    def base(self) -> int:
        """Of what round values are multiples."""
        return _KIB if self.words is octets else 10


MEASURES = (
    Measure("storage", noted("Storage used, per node"), octets, of_node=lambda node: node.size_bytes),
    Measure(
        "latency",
        noted("Latency of the last key check that passed"),
        milliseconds,
        of_node=lambda node: node.latency_ms,
    ),
    Measure("rows", noted("Rows"), count, of_sample=lambda sample: sample.rows),
    Measure("lag", noted("Replication lag of the secondaries"), octets, of_node=lambda node: node.lag_bytes),
    Measure("memory", noted("Memory of the database server"), octets, of_node=lambda node: node.memory_bytes),
    Measure("connections", noted("Sessions of clients"), count, of_sample=lambda sample: sample.connections),
)


_OF_SERVERS = ("memory", "connections")
"""What only a database server has."""


def charts(metrics: Metrics, detail: DatabaseDetail) -> dict[str, ChartData]:
    """A chart for each thing of which there is a sample, by its id."""
    found = {}
    for measure in MEASURES:
        lines = _lines(measure, metrics.samples)
        if lines:
            note = _note(measure, metrics.samples, detail)
            found[measure.id] = ChartData(
                tr(measure.title),
                metrics.begin,
                metrics.end,
                metrics.step,
                measure.words,
                lines,
                note,
                measure.base,
                whole=measure.words is count,
            )
    return found


def _lines(measure: Measure, samples: Sequence[Sample]) -> tuple[Line, ...]:
    if measure.of_sample is not None:
        of = measure.of_sample
        points = tuple((one.at, float(value)) for one in samples if (value := of(one)) is not None)
        return (Line(tr("All nodes"), points),) if points else ()
    assert measure.of_node is not None
    by_node: dict[int, list[tuple[datetime, float]]] = {}
    for sample in samples:
        for node in sample.nodes:
            value = measure.of_node(node)
            if value is not None:
                by_node.setdefault(node.number, []).append((sample.at, float(value)))
    return tuple(
        Line(tr("Node {number}", number=number), tuple(points), number - 1)
        for number, points in sorted(by_node.items())
    )


def _note(measure: Measure, samples: Sequence[Sample], detail: DatabaseDetail) -> str:
    if measure.id == "storage":
        used = max((node.size_bytes or 0 for node in samples[-1].nodes), default=0)
        return tr(
            "{used} of {disk} GB disk per node.",
            used=f"{used / (detail.sizes.disk * _GIB):.1%}",
            disk=detail.sizes.disk,
        )
    return ""


def backup_chart(backups: Sequence[Backup], now: datetime) -> ChartData | None:
    """The size of each backup that is kept; None without any."""
    kept = sorted((one for one in backups if one.created_at <= now), key=lambda one: one.created_at)
    if not kept:
        return None
    points = tuple((one.created_at, float(one.size_bytes)) for one in kept)
    begin = now - databases.BACKUP_PERIOD
    line = Line(tr("Backups"), points)
    return ChartData(tr("Size of the backups kept"), begin, now, timedelta(days=1, hours=1), octets, (line,), base=_KIB)


def not_measured(found: Sequence[str], detail: DatabaseDetail) -> str:
    """What the page does not show, and why."""
    missing = [measure for measure in MEASURES if measure.id not in found]
    said = []
    if not detail.connectable:
        servers = [measure for measure in missing if measure.id in _OF_SERVERS]
        said.append(
            tr("Simulated nodes run no server, so there is no {titles}.", titles=_titles(servers)) if servers else ""
        )
        missing = [measure for measure in missing if measure not in servers]
    if detail.default_key:
        missing = [measure for measure in missing if measure.id != "latency"]
        said.append(tr("The service's own key is not checked, so there is no latency of key checks."))
    said.append(tr("No sample yet of: {titles}.", titles=_titles(missing)) if missing else "")
    said.append(
        tr("CPU time is not measured: three servers share the processors of this machine with everything else.")
    )
    return " ".join(part for part in said if part)


def _titles(measures: Sequence[Measure]) -> str:
    titles = [tr(measure.title) for measure in measures]
    return texts.listed([title[:1].lower() + title[1:] for title in titles])


@dataclass(frozen=True, slots=True)
class SampleRow:
    """One node at one moment."""

    at: datetime
    number: int
    running: bool
    size: int | None
    latency: float | None
    lag: int | None
    memory: int | None
    connections: int | None
    rows: int | None

    @property
    def key(self) -> str:
        """What tells it from every other row."""
        return f"{self.at.isoformat()}/{self.number}"


def sample_rows(metrics: Metrics) -> list[SampleRow]:
    """Every sample, newest first, a row for each node."""
    return [
        SampleRow(
            sample.at, node.number, node.running, node.size_bytes, node.latency_ms, node.lag_bytes, node.memory_bytes,
            sample.connections, sample.rows,
        )
        for sample in reversed(metrics.samples)
        for node in sample.nodes
    ]  # fmt: skip


def sample_columns() -> tuple[Column[SampleRow], ...]:
    """When, which node, and the figures."""
    return (
        Column(
            "at",
            noted("Time, UTC"),
            lambda row: f"{row.at:%d %b} {clock_time(row.at)}",
            kind="mono",
            sort=lambda row: (row.at, -row.number),
            width=136,
            value=lambda row: row.at,
        ),
        Column("node", noted("Node"), lambda row: tr("Node {number}", number=row.number), width=88),
        Column("state", noted("Runs"), lambda row: tr("Yes") if row.running else tr("No"), width=72),
        _figure("size", noted("Storage"), octets, lambda row: row.size, noted("Storage used, bytes")),
        _figure("latency", noted("Key check"), milliseconds, lambda row: row.latency, noted("Key check, ms")),
        _figure("lag", noted("Lag"), octets, lambda row: row.lag, noted("Lag, bytes")),
        _figure("memory", noted("Memory"), octets, lambda row: row.memory, noted("Memory, bytes")),
        _figure("connections", noted("Sessions"), count, lambda row: row.connections),
        _figure("rows", noted("Rows"), count, lambda row: row.rows),
    )


def _figure(
    column: str,
    title: str,
    words: Callable[[float], str],
    value: Callable[[SampleRow], float | None],
    value_title: str = "",
) -> Column[SampleRow]:
    return Column(
        column,
        title,
        lambda row: "" if (found := value(row)) is None else words(found),
        sort=value,
        value=value,
        value_title=value_title,
    )
