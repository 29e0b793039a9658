"""By which addresses others on this network reach the program, and the picture of one for the camera of a telephone."""

import socket
from contextlib import suppress

from starlette.requests import Request

from trainer.web.guard import LOOPBACK, Entry

PROBES = ("10.255.255.254", "172.31.255.254", "192.168.255.254", "192.168.137.254", "169.254.255.254")
"""One in each private network (RFC 1918, RFC 3927). Nothing is sent to it: connecting a datagram socket only asks the
system from which of its own addresses it would send."""


def reach(request: Request) -> list[str]:
    """The beginnings of addresses by which others reach us, the surest first; none where only this machine does."""
    entry: Entry = request.app.state.entry
    scheme, name = request.url.scheme, request.url.hostname or ""
    known = [] if name in LOOPBACK else [name]
    if entry.any_address:
        known += [*local(), socket.getfqdn().lower()]
    elif not known:
        known = [one for one in entry.names if one not in LOOPBACK]
    return [f"{scheme}://{_bracketed(one)}:{entry.port}" for one in dict.fromkeys(known)]


def local() -> list[str]:
    """The addresses of this machine in its networks."""
    found = [_from_here(probe) for probe in PROBES]
    with suppress(OSError):
        found += socket.gethostbyname_ex(socket.gethostname())[2]
    return [one for one in dict.fromkeys(found) if one and not one.startswith("127.")]


def picture(address: str) -> str:
    """A QR code (ISO/IEC 18004) of an address, as SVG: dark on light, as cameras want it; a quarter may be hidden."""
    import segno

    return str(segno.make(address, error="q", micro=False).svg_inline(border=2, light="#ffffff", omitsize=True))


def _from_here(probe: str) -> str:
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        asking.connect((probe, 9))
        return str(asking.getsockname()[0])
    return ""


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
