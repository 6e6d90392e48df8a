"""What a route does is the end of a sentence: "ben needs the Writer role to ..."."""

import re

import pytest

from kyok.cloud.iam.errors import NotAuthorized
from kyok.cloud.wire.route import Route
from kyok.cloud.wire.table import route_table

VERBS = """
Acknowledge Add Ask Attach Authorize Cancel Change Check Count Create Delete Detach Disable Drop
Empty Enable End Erase Export Get Give Go Hold Initialize List Load Lock Make Move Notify Purge Read
Register Remove Rename Replace Restore Retrieve Return Rewrap Rotate Scale Search See Set Start Take
Tell Turn Unlock Unwrap Wait Wrap
"""
SENTENCE = re.compile(r"ben needs the Writer role to (?P<verb>[a-z]+) (?P<what>[A-Za-z][A-Za-z' ]*[a-z])\.")


@pytest.mark.parametrize("route", route_table().routes, ids=lambda route: f"{route.method} {route.path}")
def test_the_sentence_of_a_refusal_reads_well(route: Route) -> None:
    error = NotAuthorized(missing="ben needs the Writer role")
    error.about(route.summary)
    found = SENTENCE.fullmatch(error.summary)
    assert found, error.summary
    assert found["verb"].capitalize() in VERBS.split(), error.summary
    if route.shape == "dbaas" and not route.public:
        assert "database" in found["what"], error.summary
