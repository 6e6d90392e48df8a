"""The certificates of one instance: an authority of its own, and what it issues for each node.

A client that trusts the authority's certificate connects with `sslmode=verify-full` to `localhost`, `127.0.0.1` or
`::1`. Validity is wall time: clients check it by their own clock, whatever the service clock says. Nothing is written
here; keys go back to the caller, and belong into an encrypted volume.
"""

import ipaddress
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from kyok.postgres.errors import PostgresError

LIFETIME = timedelta(days=3652)
"""Ten years, for authority and nodes alike."""
BACKDATED = timedelta(days=1)
"""A computer whose clock is set back a little after a restart still accepts what it issued before."""


class CertificateUnusable(PostgresError):
    """A certificate or its key cannot be read, or they do not belong together."""

    summary = "The certificate authority of this instance cannot be used."
    remedy = "Restore a backup into a new instance: that gets an authority of its own."


class Issued(NamedTuple):
    """A certificate and its private key, both PEM. The key is PKCS 8 and not encrypted."""

    certificate: bytes
    key: bytes

    def __repr__(self) -> str:
        return "<a certificate and its key>"


def make_authority(short_id: str, now: datetime | None = None) -> Issued:
    """A new authority for the instance that people know by `short_id`. `now` is wall time, the present by default."""
    start = now or datetime.now(UTC)
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name(f"KYOK Console database CA {short_id}")
    builder = (
        _builder(name, name, key, start, start + LIFETIME)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key()), critical=False)
    )
    return _issued(builder.sign(key, hashes.SHA256()), key)


def issue_node(authority: Issued, name: str, now: datetime | None = None) -> Issued:
    """A certificate for the node or front called `name` (64 characters at most), never valid beyond its authority's.

    Raises:
        CertificateUnusable: the authority cannot be read, its key is another one's, or it has expired.
    """
    start = now or datetime.now(UTC)
    issuer, issuer_key = _open(authority)
    end = min(start + LIFETIME, issuer.not_valid_after_utc)
    if end <= start:
        raise CertificateUnusable("The certificate authority of this instance has expired.")
    key = ec.generate_private_key(ec.SECP256R1())
    issuer_id = issuer.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    builder = (
        _builder(_name(name), issuer.subject, key, start, end)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(_own_host(), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(issuer_id),
            critical=False,
        )
    )
    return _issued(builder.sign(issuer_key, hashes.SHA256()), key)


def expires_at(certificate: bytes) -> datetime:
    """The wall time, UTC, after which clients refuse this PEM certificate.

    Raises:
        CertificateUnusable: it is no certificate.
    """
    return _load(certificate).not_valid_after_utc


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, start: datetime, end: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start - BACKDATED)
        .not_valid_after(end)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _name(common_name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _own_host() -> x509.SubjectAlternativeName:
    addresses = [x509.IPAddress(ipaddress.ip_address(text)) for text in ("127.0.0.1", "::1")]
    return x509.SubjectAlternativeName([x509.DNSName("localhost"), *addresses])


def _issued(certificate: x509.Certificate, key: ec.EllipticCurvePrivateKey) -> Issued:
    pem = serialization.Encoding.PEM
    return Issued(
        certificate.public_bytes(pem),
        key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()),
    )


def _load(certificate: bytes) -> x509.Certificate:
    try:
        return x509.load_pem_x509_certificate(certificate)
    except ValueError as error:
        raise CertificateUnusable("The certificate cannot be read.") from error


def _open(authority: Issued) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    certificate = _load(authority.certificate)
    try:
        key = serialization.load_pem_private_key(authority.key, password=None)
    except (ValueError, TypeError):
        # The reader's own words may quote the key.
        raise CertificateUnusable("The key of the certificate authority cannot be read.") from None
    if not isinstance(key, ec.EllipticCurvePrivateKey) or key.public_key() != certificate.public_key():
        raise CertificateUnusable("The certificate authority and its key do not belong together.")
    try:
        certificate.verify_directly_issued_by(certificate)
    except (ValueError, TypeError, InvalidSignature) as error:
        raise CertificateUnusable() from error
    return certificate, key
