"""Step 2: without an authorization no key is offered; the wizard grants it in the words of the seed."""

from __future__ import annotations

from PySide6.QtCore import Qt

from kyok.domain.services import DBAAS_POSTGRESQL, HS_CRYPTO, display_name
from kyok_gui.walkthrough.evidence import Evidence
from kyok_gui.walkthrough.screens import Authorizations, Creation, Header
from kyok_gui.walkthrough.story import DATABASE, HPCS, PASSWORD, Proof, Story, compared

BLOCKED = "No keys: the service may not list them"


def policies(story: Story) -> Evidence:
    """The authorizations, as IAM lists them."""
    account = story.console.context.account.id
    return story.second.read(f"/v1/policies?account_id={account}&type=authorization")


def blocked(story: Story) -> Proof:
    """Create the database before authorizing: Create is off, says why, and leads to the cure."""
    Header(story.hand).catalog(DBAAS_POSTGRESQL)
    page = Creation(story.hand)
    page.arrive("create-postgresql")
    page.fill_in(DATABASE, PASSWORD)
    page.pickers.choose_instance(HPCS)
    story.claim(lambda: page.pickers.key_field() == BLOCKED, "no key may be listed")
    story.claim(lambda: "authorization" in page.why_not, "the authorization is missing")
    evidence = policies(story)
    return compared(
        evidence,
        ("Create", False, page.can_create),
        ("number of authorizations", 0, len(evidence.body["policies"])),
    )


def choose_target(story: Story) -> Proof:
    """Manage, Access (IAM), Authorizations, Create: source and target are chosen, nothing is granted yet."""
    page = Authorizations(story.hand)
    page.open()
    page.start()
    page.choose_source(display_name(DBAAS_POSTGRESQL))
    page.choose_target(display_name(HS_CRYPTO), HPCS)
    story.hand.open_choices(f"{page.WIZARD}.target-instance")
    evidence = policies(story)
    return compared(evidence, ("number of authorizations", 0, len(evidence.body["policies"])))


def review(story: Story) -> Proof:
    """Reader role, then the review: still nothing is granted."""
    page = Authorizations(story.hand)
    story.hand.key(Qt.Key.Key_Escape)
    story.hand.wait_gone(f"{page.WIZARD}.target-instance.list")
    page.next()
    page.grant_reader()
    page.next()
    story.claim(lambda: HPCS in page.text(f"{page.WIZARD}.sentence"), f"{HPCS} may be used")
    evidence = policies(story)
    return compared(evidence, ("number of authorizations", 0, len(evidence.body["policies"])))


def authorize(story: Story) -> Proof:
    """Authorize: the authorization is in the table and in IAM."""
    page = Authorizations(story.hand)
    page.authorize()
    source = display_name(DBAAS_POSTGRESQL)
    story.hand.row_of(page.TABLE, source)
    row = next(row for row in page.rows(page.TABLE) if row[0] == source)
    evidence = policies(story)
    return compared(
        evidence, ("the authorization", ((row[0], row[1], row[2]),), tuple(map(_words, evidence.body["policies"])))
    )


def _words(policy: dict[str, list[dict[str, list[dict[str, str]]]]]) -> tuple[str, str, str]:
    """Source service, target service and role of a policy, in the console's words."""

    def service(side: str) -> str:
        found = {one["name"]: one["value"] for one in policy[side][0]["attributes"]}
        return display_name(found["serviceName"])

    roles: list[dict[str, object]] = list(policy["roles"])  # type: ignore[arg-type]
    role = str(roles[0]["role_id"]).rpartition(":")[2]
    return service("subjects"), service("resources"), role
