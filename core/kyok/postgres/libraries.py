"""What a program says when it does not start, turned into what is missing and the line that brings it."""

import re

PACKAGES = {
    "libcrypto.so.3": "libssl3",
    "libedit.so.2": "libedit2",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libldap-2.5.so.0": "libldap-2.5-0",
    "liblz4.so.1": "liblz4-1",
    "libnuma.so.1": "libnuma1",
    "libpam.so.0": "libpam0g",
    "libpq.so.5": "libpq5",
    "libreadline.so.8": "libreadline8",
    "libselinux.so.1": "libselinux1",
    "libssl.so.3": "libssl3",
    "libsystemd.so.0": "libsystemd0",
    "libuuid.so.1": "libuuid1",
    "libxml2.so.2": "libxml2",
    "libxslt.so.1": "libxslt1.1",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}
"""Debian 12. Later releases renamed some packages (libssl3t64), which still answer to these names."""

_MISSING = (
    re.compile(r"error while loading shared libraries: ([^\s:]+): cannot open"),
    re.compile(r"Error loading shared library ([^\s:]+):"),
    re.compile(r"Library not loaded: (\S+)"),
)
_TOO_OLD = re.compile(r"version [`']((?:GLIBC|GLIBCXX|OPENSSL|LIBXML2)_[\w.]+)' not found")


def missing_library(said: str) -> str | None:
    """The name of the shared library that a loader did not find, if that is what it says."""
    for pattern in _MISSING:
        found = pattern.search(said)
        if found:
            return found.group(1)
    return None


def explain(said: str) -> tuple[str, str] | None:
    """What is missing and its cure, when the dynamic loader speaks; None when it is something else."""
    library = missing_library(said)
    if library is not None:
        package = PACKAGES.get(library.rpartition("/")[2])
        cure = f"apt-get install {package}" if package else f"install the package that brings {library}"
        return f"the shared library {library} is missing", cure
    old = _TOO_OLD.search(said)
    if old:
        return f"it needs newer system libraries ({old.group(1)})", "install the distribution's own PostgreSQL"
    return None
