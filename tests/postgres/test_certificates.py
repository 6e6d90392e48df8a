"""The authority of an instance and what it issues."""

import ipaddress
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from kyok.errors import KyokError
from kyok.postgres.certificates import CertificateUnusable, Issued, expires_at, issue_node, make_authority
from tests.postgres.servers import Server

NOW = datetime(2026, 11, 23, 17, 45, tzinfo=UTC)


def read(issued: Issued) -> x509.Certificate:
    return x509.load_pem_x509_certificate(issued.certificate)


def common_name(name: x509.Name) -> object:
    return name.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value


def test_the_authority_is_one() -> None:
    authority = read(make_authority("7f3a", NOW))
    assert common_name(authority.subject) == "KYOK Console database CA 7f3a"
    assert authority.issuer == authority.subject
    constraints = authority.extensions.get_extension_for_class(x509.BasicConstraints)
    assert (constraints.value.ca, constraints.value.path_length, constraints.critical) == (True, 0, True)
    usage = authority.extensions.get_extension_for_class(x509.KeyUsage).value
    assert (usage.key_cert_sign, usage.crl_sign, usage.digital_signature) == (True, True, False)
    authority.verify_directly_issued_by(authority)


def test_a_node_is_named_after_this_computer_and_is_a_server_only() -> None:
    authority = make_authority("7f3a", NOW)
    node = read(issue_node(authority, "n2", NOW))
    extensions = node.extensions
    names = extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.DNSName) == ["localhost"]
    addresses = [ipaddress.ip_address("127.0.0.1"), ipaddress.ip_address("::1")]
    assert names.get_values_for_type(x509.IPAddress) == addresses
    assert list(extensions.get_extension_for_class(x509.ExtendedKeyUsage).value) == [ExtendedKeyUsageOID.SERVER_AUTH]
    assert extensions.get_extension_for_class(x509.BasicConstraints).value.ca is False
    usage = extensions.get_extension_for_class(x509.KeyUsage).value
    assert (usage.key_cert_sign, usage.digital_signature) == (False, True)
    issuer_id = read(authority).extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value.digest
    assert extensions.get_extension_for_class(x509.AuthorityKeyIdentifier).value.key_identifier == issuer_id
    assert common_name(node.subject) == "n2"
    node.verify_directly_issued_by(read(authority))


def test_keys_are_p256_and_their_own() -> None:
    authority = make_authority("7f3a")
    for issued in (authority, issue_node(authority, "n1")):
        key = serialization.load_pem_private_key(issued.key, password=None)
        assert isinstance(key, ec.EllipticCurvePrivateKey)
        assert isinstance(key.curve, ec.SECP256R1)
        assert key.public_key() == read(issued).public_key()


def test_serial_numbers_and_keys_are_drawn() -> None:
    authority = make_authority("7f3a", NOW)
    first, second = issue_node(authority, "n1", NOW), issue_node(authority, "n1", NOW)
    assert read(first).serial_number != read(second).serial_number
    assert first.key != second.key


def test_they_last_ten_years_and_a_node_no_longer_than_its_authority() -> None:
    authority = make_authority("7f3a", NOW)
    assert expires_at(authority.certificate).date() == datetime(2036, 11, 22, tzinfo=UTC).date()
    assert expires_at(issue_node(authority, "n1", NOW).certificate) == expires_at(authority.certificate)
    later = issue_node(authority, "n1", NOW + timedelta(days=900))
    assert expires_at(later.certificate) == expires_at(authority.certificate)


def test_validity_is_the_wall_clock_s() -> None:
    issued = read(make_authority("7f3a"))
    assert issued.not_valid_before_utc < datetime.now(UTC) < issued.not_valid_after_utc


def test_an_expired_authority_issues_nothing() -> None:
    authority = make_authority("7f3a", NOW)
    with pytest.raises(CertificateUnusable, match="expired"):
        issue_node(authority, "n1", NOW + timedelta(days=3653))


@pytest.mark.parametrize(
    "broken",
    [
        lambda good: Issued(b"no certificate", good.key),
        lambda good: Issued(good.certificate, b"no key"),
        lambda good: Issued(good.certificate, make_authority("other").key),
        lambda good: issue_node(good, "n1"),
    ],
    ids=["certificate", "key", "another's key", "not an authority"],
)
def test_what_is_no_authority_issues_nothing(broken: object) -> None:
    good = make_authority("7f3a")
    assert callable(broken)
    with pytest.raises(CertificateUnusable) as caught:
        issue_node(broken(good), "n1")
    assert isinstance(caught.value, KyokError)
    assert caught.value.remedy


def test_no_key_is_ever_printed() -> None:
    issued = make_authority("7f3a")
    assert repr(issued) == f"{issued}" == "<a certificate and its key>"


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "::1"])
def test_a_client_that_verifies_names_is_content(host: str, tmp_path: Path) -> None:
    authority = make_authority("7f3a")
    assert handshake(authority, issue_node(authority, "n1"), host, tmp_path) is None


def test_another_name_or_authority_is_refused(tmp_path: Path) -> None:
    authority = make_authority("7f3a")
    node = issue_node(authority, "n1")
    assert "not valid for 'db.example.com'" in str(handshake(authority, node, "db.example.com", tmp_path))
    assert "CERTIFICATE_VERIFY_FAILED" in str(handshake(make_authority("7f3b"), node, "localhost", tmp_path))


def handshake(trusted: Issued, node: Issued, host: str, folder: Path) -> ssl.SSLError | None:
    """What a client says that checks everything strictly, in memory; None when it is content."""
    (folder / "pair.pem").write_bytes(node.certificate + node.key)
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(folder / "pair.pem")
    asking = ssl.create_default_context(cadata=trusted.certificate.decode())
    asking.verify_flags |= ssl.VERIFY_X509_STRICT
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    server = serving.wrap_bio(to_server, to_client, server_side=True)
    client = asking.wrap_bio(to_client, to_server, server_hostname=host)
    for side in (client, server, client, server):
        try:
            side.do_handshake()
        except ssl.SSLWantReadError:
            continue
        except ssl.SSLError as error:
            return error
    assert client.getpeercert()
    return None


def test_psycopg_is_content_with_the_real_server(server: Server) -> None:
    with psycopg.connect(**server.options()) as connection:
        row = connection.execute("select ssl from pg_stat_ssl where pid = pg_backend_pid()").fetchone()
    assert row == (True,)
