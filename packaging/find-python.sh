#!/bin/sh
# Prints the first Python from 3.11 to 3.13 that can make a virtual environment; else says what to install and fails.
# PYTHON=/path/to/python names one.
set -u

version_fits='import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))'
can_make_environments='import ensurepip, venv'
found_without_venv=''

for candidate in ${PYTHON:-python3 python3.13 python3.12 python3.11 /usr/bin/python3}; do
    "$candidate" -c "$version_fits" 2>/dev/null || continue
    if "$candidate" -c "$can_make_environments" 2>/dev/null; then
        command -v "$candidate"
        exit 0
    fi
    found_without_venv="$candidate"
done

if [ -n "$found_without_venv" ]; then
    echo "$found_without_venv cannot make virtual environments: its venv or ensurepip module is missing." >&2
else
    echo "No Python from 3.11 to 3.13 was found." >&2
fi
echo "On Debian and Ubuntu this line installs what is needed; then run make again:" >&2
echo "    sudo apt-get install -y git make python3 python3-venv" >&2
exit 1
