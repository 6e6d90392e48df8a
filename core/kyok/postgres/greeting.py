"""What a PostgreSQL client and a server say before the startup packet, and how a client is refused.

A client may ask for GSS encryption, then for TLS, then sends its startup packet (or a cancel request). Newer ones may
begin with TLS at once. Clients believe an error message inside TLS only: libpq since 17.1, 16.5 and 15.9 drops what it
gets in place of an answer to its request for TLS, and then says nothing of use. Hence TLS first, the refusal after.
"""

import asyncio
import os
import socket
import ssl
import struct
from dataclasses import dataclass, field

CANCEL_REQUEST, TLS_REQUEST, GSS_REQUEST = 80877102, 80877103, 80877104
LONGEST_PACKET = 10_000
"""Bytes of a startup packet; PostgreSQL has the same limit."""
SECONDS = 20.0
"""How long a client may take until its startup packet is there."""
_TLS_HANDSHAKE = b"\x16"
_MOST_REQUESTS = 3


@dataclass(frozen=True, slots=True)
class TlsMaterial:
    """A certificate for localhost and its private key, PEM."""

    certificate: bytes
    key: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a client is sent away: the SQLSTATE and the text that it shows."""

    state: str
    text: str

    def message(self) -> bytes:
        """The ErrorResponse."""
        fields = (("S", "FATAL"), ("V", "FATAL"), ("C", self.state), ("M", self.text))
        body = b"".join(f"{kind}{value}".encode().replace(b"\0", b"") + b"\0" for kind, value in fields) + b"\0"
        return b"E" + struct.pack("!I", len(body) + 4) + body


@dataclass(frozen=True, slots=True)
class Stream:
    """One connected side."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter


@dataclass(frozen=True, slots=True)
class Greeted:
    """A client that has said what it wants: its last packet as it came, and whether that came through TLS."""

    stream: Stream
    packet: bytes
    is_encrypted: bool

    @property
    def wants_cancel(self) -> bool:
        """Whether it is here to cancel another connection's statement, and waits for no answer."""
        return code_of(self.packet) == CANCEL_REQUEST


class NotPostgres(Exception):
    """The other side does not speak PostgreSQL's protocol. Stays within the front."""


def tls_context(material: TlsMaterial) -> ssl.SSLContext:
    """A server's context, TLS 1.2 or newer. The key goes through a pipe, for `ssl` reads it from a path only.

    Raises:
        OSError: certificate and key are damaged or not a pair.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_alpn_protocols(["postgresql"])
    certificate, key = _piped(material.certificate), _piped(material.key)
    try:
        context.load_cert_chain(f"/dev/fd/{certificate}", f"/dev/fd/{key}")
    finally:
        os.close(certificate)
        os.close(key)
    return context


def _piped(data: bytes) -> int:
    """The reading end of a pipe that holds `data`, which is far smaller than what a pipe holds."""
    reading, writing = os.pipe()
    try:
        os.write(writing, data)
    finally:
        os.close(writing)
    return reading


async def connected(sock: socket.socket, context: ssl.SSLContext | None = None) -> Stream:
    """Streams of an accepted socket; with a context, the TLS handshake is done first.

    The stream has the socket from then on: `sock` is left without. Nothing was read ahead of the handshake, so what a
    stranger may have sent in clear behind the request for TLS spoils it, and is never taken for a part of what follows.
    """
    loop = asyncio.get_running_loop()
    owned = socket.socket(fileno=sock.detach())
    owned.setblocking(False)
    reader = asyncio.StreamReader(loop=loop)
    transport, protocol = await loop.connect_accepted_socket(
        lambda: asyncio.StreamReaderProtocol(reader, loop=loop), owned, ssl=context
    )
    return Stream(reader, asyncio.StreamWriter(transport, protocol, reader, loop))


async def greet(sock: socket.socket, context: ssl.SSLContext | None) -> Greeted:
    """Answers an accepted client until its startup packet or cancel request is there.

    Without a context, a request for TLS is itself the last packet, and not answered.

    Raises:
        NotPostgres: it sends something else.
        OSError: it left, or the TLS handshake failed.
    """
    loop = asyncio.get_running_loop()
    if context and await _first_byte(sock) == _TLS_HANDSHAKE:
        return await _greet_encrypted(sock, context)
    for _ in range(_MOST_REQUESTS):
        packet = await _receive_packet(sock)
        code = code_of(packet)
        if code == GSS_REQUEST:
            await loop.sock_sendall(sock, b"N")
        elif code == TLS_REQUEST and context:
            await loop.sock_sendall(sock, b"S")
            return await _greet_encrypted(sock, context)
        else:
            return Greeted(await connected(sock), packet, is_encrypted=False)
    raise NotPostgres()


async def _greet_encrypted(sock: socket.socket, context: ssl.SSLContext) -> Greeted:
    stream = await connected(sock, context)
    try:
        head = await stream.reader.readexactly(4)
        return Greeted(stream, head + await stream.reader.readexactly(_rest(head)), is_encrypted=True)
    except BaseException:
        stream.writer.transport.abort()
        raise


async def _first_byte(sock: socket.socket) -> bytes:
    """The first byte that arrives; it stays where it is."""
    loop = asyncio.get_running_loop()
    readable = asyncio.Event()
    loop.add_reader(sock, readable.set)
    try:
        await readable.wait()
    finally:
        loop.remove_reader(sock)
    return sock.recv(1, socket.MSG_PEEK)


async def _receive_packet(sock: socket.socket) -> bytes:
    head = await _receive(sock, 4)
    return head + await _receive(sock, _rest(head))


async def _receive(sock: socket.socket, count: int) -> bytes:
    """Exactly so many bytes: what follows is for somebody else."""
    loop = asyncio.get_running_loop()
    data = b""
    while len(data) < count:
        part = await loop.sock_recv(sock, count - len(data))
        if not part:
            raise ConnectionAbortedError("the client left")
        data += part
    return data


def _rest(head: bytes) -> int:
    """How many bytes of a packet follow its length."""
    length: int = struct.unpack("!I", head)[0]
    if not 8 <= length <= LONGEST_PACKET:
        raise NotPostgres()
    return length - 4


def code_of(packet: bytes) -> int:
    """The request's code, or the version of the protocol."""
    code: int = struct.unpack_from("!I", packet, 4)[0]
    return code
