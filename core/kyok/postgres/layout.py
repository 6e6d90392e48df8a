"""What lies where inside a node's volume; everything that may hold user data or a secret is in it."""

from pathlib import Path


class Layout:
    """Paths below the clear view of one volume."""

    def __init__(self, clear: Path) -> None:
        self.root = clear
        self.data = clear / "data"
        self.log = clear / "log"
        self.start_log = self.log / "start.log"
        self.tls = clear / "tls"
        self.ca = self.tls / "ca.crt"
        self.ca_key = self.tls / "ca.key"
        self.certificate = self.tls / "server.crt"
        self.key = self.tls / "server.key"
        self.passwords = clear / "passwords.json"
        self.passfile = clear / "passfile"
        self.pid_file = self.data / "postmaster.pid"
        self.conf = self.data / "postgresql.conf"
        self.auto_conf = self.data / "postgresql.auto.conf"
        self.hba = self.data / "pg_hba.conf"
        self.standby = self.data / "standby.signal"
        self.recovery = self.data / "recovery.signal"
        self.whole = clear / "whole"
        """There once the data folder is complete: a clone or initdb that a crash broke off is made again."""
