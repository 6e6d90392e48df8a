"""What a process takes: memory and processor time."""

from pathlib import Path


def pss(pid: int) -> float:
    """Proportional set size of a process, in MB: shared pages count for their share."""
    fields: dict[str, str] = {}
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]:
        name, _, rest = line.partition(":")
        fields[name] = rest.split()[0]
    return int(fields["Pss"]) / 1024


def processor_seconds(pid: int) -> float:
    """Processor time that the threads of a process have had so far."""
    threads = Path(f"/proc/{pid}/task").iterdir()
    return sum(int((thread / "schedstat").read_text().split()[0]) for thread in threads) / 1e9
