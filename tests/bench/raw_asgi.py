"""The ceiling: an ASGI application that answers `{}`, on the same server with the same settings."""

import asyncio
import socket
import sys
from typing import Any

import uvicorn

from kyok.cloud.answers import WholeAnswers


async def application(scope: Any, receive: Any, send: Any) -> None:
    """Answers `{}` to everything."""
    message = await receive()
    while message.get("more_body"):
        message = await receive()
    headers = [(b"content-type", b"application/json"), (b"content-length", b"2")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"{}"})


def main() -> None:
    """Serves until killed; prints the port."""
    listener = socket.create_server(("127.0.0.1", 0))
    sys.stdout.write(f"{listener.getsockname()[1]}\n")
    sys.stdout.flush()
    config = uvicorn.Config(
        application, log_config=None, access_log=False, lifespan="off", http=WholeAnswers, proxy_headers=False
    )
    config.load()
    with asyncio.Runner(loop_factory=config.get_loop_factory()) as runner:
        runner.run(uvicorn.Server(config).serve(sockets=[listener]))


if __name__ == "__main__":
    main()
