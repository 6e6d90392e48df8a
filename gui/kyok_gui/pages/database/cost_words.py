"""The price of an instance's sizes, in words: its three parts, and what a change makes of it."""

from __future__ import annotations

from dataclasses import dataclass

from kyok.domain import databases
from kyok.domain.databases import Cost, Sizes
from kyok.domain.translation import tr


@dataclass(frozen=True, slots=True)
class CostLine:
    """One part of the price."""

    text: str
    amount: str


def cost_of(sizes: Sizes) -> Cost:
    """The documented price."""
    return databases.cost(sizes.ram, sizes.disk, sizes.cpu)


def cost_lines(sizes: Sizes) -> list[CostLine]:
    """The three parts of the price."""
    cost, nodes = cost_of(sizes), databases.NODES
    return [
        CostLine(
            tr("RAM, {size} GB at {price}", size=nodes * sizes.ram, price=databases.RAM_PRICE),
            f"{cost.ram:,}",
        ),
        CostLine(
            tr("Disk, {size} GB at {price}", size=nodes * sizes.disk, price=databases.DISK_PRICE),
            f"{cost.disk:,}",
        ),
        CostLine(tr("vCPU, {count} at {price}", count=nodes * sizes.cpu, price=databases.CPU_PRICE), f"{cost.cpu:,}"),
    ]


def price(sizes: Sizes) -> str:
    """`430.08 USD`."""
    return tr("{total} USD", total=f"{cost_of(sizes).total:,}")


def change_of_price(before: Sizes, after: Sizes) -> str:
    """`Now 196.35 USD, 138.00 USD more`."""
    difference = cost_of(after).total - cost_of(before).total
    now, less = price(before), f"{abs(difference):,}"
    if not difference:
        return tr("Now {price}, the same", price=now)
    if difference > 0:
        return tr("Now {price}, {difference} USD more", price=now, difference=less)
    return tr("Now {price}, {difference} USD less", price=now, difference=less)
