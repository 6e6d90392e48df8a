import pytest

from kyok.domain.crn import Crn, InvalidCrn

GUID = "4c7a1f02-1111-4222-8333-444455556666"
ACCOUNT = "2f4c1d8e9a3b4c5d6e7f8091a2b3c4d5"


@pytest.mark.parametrize(
    "text",
    [
        f"crn:v1:bluemix:public:hs-crypto:us-south:a/{ACCOUNT}:{GUID}::",
        f"crn:v1:bluemix:public:hs-crypto:us-south:a/{ACCOUNT}:{GUID}:key:b3f6",
        "crn:v1:bluemix:public:globalcatalog::::deployment:c8550ed3%3Aus-south",
        f"crn:v1:bluemix:public:iam-identity::a/{ACCOUNT}::apikey:ApiKey-1",
        f"crn:v1:bluemix:public:cloud-object-storage:global:a/{ACCOUNT}:{GUID}:bucket:a:b/c",
    ],
)
def test_a_crn_survives_reading_and_writing(text: str) -> None:
    assert str(Crn.parse(text)) == text


def test_the_parts_of_a_key() -> None:
    crn = Crn.parse(f"crn:v1:bluemix:public:hs-crypto:us-south:a/{ACCOUNT}:{GUID}:key:b3f6")
    assert (crn.service, crn.location, crn.account, crn.instance) == ("hs-crypto", "us-south", ACCOUNT, GUID)
    assert (crn.resource_type, crn.resource) == ("key", "b3f6")
    assert not crn.is_instance
    assert crn.instance_crn == Crn.of_instance("hs-crypto", "us-south", ACCOUNT, GUID)
    assert crn.instance_crn.is_instance
    assert crn.instance_crn.with_resource("key", "b3f6") == crn


def test_a_resource_may_hold_colons() -> None:
    assert Crn.parse("crn:v1:bluemix:public:x:y:a/1:2:t:a:b:c").resource == "a:b:c"


def test_other_crns_are_built() -> None:
    assert str(Crn.of_resource_group(ACCOUNT, "abc")) == (
        f"crn:v1:bluemix:public:resource-controller:global:a/{ACCOUNT}::resource-group:abc"
    )
    assert Crn.of_account("kms", ACCOUNT).account == ACCOUNT
    assert Crn.of_instance("kms", "us-south", "", GUID).scope == ""


def test_only_account_scopes_name_an_account() -> None:
    assert Crn.parse("crn:v1:bluemix:public:x:y:o/1:2::").account == ""


@pytest.mark.parametrize("text", ["", "crn", "crn:v1:a:b:c", "crn:v2:bluemix:public:x:y:z:1::", "x:v1:a:b:c:d:e:f:g:h"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(InvalidCrn) as caught:
        Crn.parse(text)
    assert "ten parts" in caught.value.remedy


def test_a_crn_without_a_service_is_refused() -> None:
    with pytest.raises(InvalidCrn):
        Crn.parse("crn:v1:bluemix:public::::::")
