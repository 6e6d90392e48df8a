import itertools
import uuid

from kyok.domain import regions, roles, services
from kyok.domain.translation import look_up_with


def test_names_ids_and_plans_are_unique() -> None:
    names = [entry.name for entry in services.SERVICES]
    ids = [entry.catalog_id for entry in services.SERVICES] + [p.id for s in services.SERVICES for p in s.plans]
    assert len(set(names)) == len(names)
    assert len(set(ids)) == len(ids)
    assert [str(uuid.UUID(value)) for value in ids] == ids


def test_every_category_is_known_and_every_summary_written() -> None:
    assert {entry.category for entry in services.SERVICES} <= set(services.CATALOG_CATEGORIES)
    assert all(entry.description.endswith(".") for entry in services.SERVICES)


def test_descriptions_are_in_the_language_that_is_set_when_they_are_read() -> None:
    look_up_with(lambda text: f"«{text}»")
    try:
        told = [entry.description for entry in (*services.SERVICES, *services.CREATABLE_SERVICES[0].plans)]
        assert all(words.startswith("«") for words in told)
        assert regions.region_name("global") == "«Global»"
    finally:
        look_up_with(None)
    mongodb = services.service("databases-for-mongodb")
    assert mongodb is not None
    assert mongodb.description == "Databases for MongoDB can use root keys of a key management service."


def test_the_documented_ids() -> None:
    postgresql = services.service("hyperp-dbaas-postgresql")
    assert postgresql is not None
    assert postgresql.plans[0].id == "c8550ed3-894b-462d-98ee-68e80e3955d4"
    assert postgresql.plan("postgresql-free") is postgresql.plans[1]
    assert postgresql.plans[1].free
    assert postgresql.plan("nothing") is None
    found = services.service_by_id("ee41347f-b18e-4ca6-bf80-b5467c63f9a6")
    assert found is not None
    assert found.name == "kms"
    plan = services.plan_by_id("eedd3585-90c6-4c8f-be3d-062069e99fc3")
    assert plan is not None
    assert plan[0].name == "kms"
    assert services.plan_by_id("x") is services.service("x") is services.service_by_id("x") is None


def test_display_names() -> None:
    assert services.display_name("hs-crypto") == "Hyper Protect Crypto Services"
    assert services.short_name("hyperp-dbaas-postgresql") == "PostgreSQL"
    assert services.display_name("unknown") == services.short_name("unknown") == "unknown"


def test_the_menus_of_the_authorization_form() -> None:
    sources = [entry.display_name for entry in services.sources()]
    assert sources[:3] == [
        "Hyper Protect DBaaS for PostgreSQL",
        "Hyper Protect DBaaS for MongoDB",
        "App ID",
    ]
    assert sources[2:] == sorted(sources[2:])
    assert [entry.name for entry in services.targets()] == ["hs-crypto", "kms"]


def test_creatable_services_have_plans_and_known_regions() -> None:
    for entry in services.CREATABLE_SERVICES:
        assert entry.creatable
        assert entry.plans
        assert all(regions.region(name) for name in entry.regions)
    assert not any(entry.creatable for entry in services.SOURCE_ONLY_SERVICES)


def test_regions_and_zones() -> None:
    dallas = regions.region("us-south")
    assert dallas is not None
    assert dallas.label == "Dallas (us-south)"
    assert dallas.zones == ("us-south-1", "us-south-2", "us-south-3")
    assert regions.region_name("eu-de") == "Frankfurt"
    assert (regions.region_name("global"), regions.region_name("mars")) == ("Global", "mars")
    assert regions.zones_of("mars") == ("mars-1", "mars-2", "mars-3")
    assert regions.region("mars") is None


def actions(service: str, role: str) -> frozenset[str]:
    return roles.role_actions(service, role)


def test_reader_may_do_what_a_database_needs() -> None:
    needed = "secrets.wrap secrets.unwrap secrets.rewrap secrets.list secrets.readmetadata registrations.create"
    for service in ("hs-crypto", "kms"):
        assert {f"{service}.{action}" for action in needed.split()} <= actions(service, "Reader")
        forbidden = "secrets.create secrets.read secrets.rotate secrets.disable secrets.delete policies.read"
        assert not {f"{service}.{action}" for action in forbidden.split()} & actions(service, "Reader")


def test_each_key_role_adds_to_the_one_before() -> None:
    for service in ("hs-crypto", "kms"):
        chain = [actions(service, name) for name in ("Reader", "ReaderPlus", "Writer", "Manager")]
        assert all(small < large for small, large in itertools.pairwise(chain))
        assert f"{service}.secrets.purge" not in chain[-1]
    assert actions("hs-crypto", "KMSKeyPurgeRole") == {"hs-crypto.secrets.purge"}
    assert actions("kms", "KeyPurge") == {"kms.secrets.purge"}


def test_the_database_roles_of_scenario_14() -> None:
    prefix = "hyperp-dbaas-postgresql"
    assert f"{prefix}.logs.list" in actions(prefix, "Reader")
    assert f"{prefix}.logs.read" not in actions(prefix, "Writer")
    assert f"{prefix}.logging.enable" in actions(prefix, "Writer")
    assert {f"{prefix}.clusters.resource.scale", f"{prefix}.backups.restore"} <= actions(prefix, "Manager")


def test_platform_roles_work_at_every_service() -> None:
    for service in ("hs-crypto", "hyperp-dbaas-postgresql", "cloud-object-storage", "resource-controller"):
        assert "resource-controller.instance.create" in actions(service, "Editor")
        assert "resource-controller.instance.create" not in actions(service, "Viewer")
        assert {"iam.policy.create", roles.EMULATOR_MANAGE} <= actions(service, "Administrator")
        assert roles.EMULATOR_MANAGE not in actions(service, "Editor")
    assert actions("cloud-object-storage", "Manager") == frozenset()


def test_roles_are_found() -> None:
    assert roles.role_by_crn("crn:v1:bluemix:public:iam::::serviceRole:Reader") is roles.READER
    assert roles.role_by_crn("x") is None
    assert roles.role_by_name("hs-crypto", "Reader Plus") is roles.READER_PLUS
    assert roles.role_by_name("kms", "ReaderPlus") is roles.READER_PLUS_KMS
    assert roles.role_by_name("kms", "King") is None
    assert roles.role_names([roles.MANAGER.crn, "crn:v1:bluemix:public:x::::serviceRole:Odd"]) == ("Manager", "Odd")
    assert [role.name for role in roles.granting("hs-crypto", "hs-crypto.secrets.delete")] == ["Manager"]


def test_only_reader_is_offered_and_only_for_possible_pairs() -> None:
    assert roles.offered_roles("hyperp-dbaas-postgresql", "hs-crypto") == (roles.READER,)
    assert roles.supported_pair("cloud-object-storage", "kms")
    for source, target in [
        ("hs-crypto", "hyperp-dbaas-postgresql"),
        ("hs-crypto", "kms"),
        ("nobody", "kms"),
        ("hyperp-dbaas-postgresql", "cloud-object-storage"),
    ]:
        assert not roles.supported_pair(source, target)
