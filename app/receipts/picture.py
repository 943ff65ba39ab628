"""The QR picture of a receipt: the address of the page that opens it, and behind `#` the token.

What stands behind `#` never leaves the telephone that scans it: no server sees it before the person sends it.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

import segno

REPLAY_PATH = "/receipts/replay"
BIGGEST_VERSION = 15


def qr(token: str, origin: str) -> segno.QRCode:
    # Two parts, which the types of the library do not know: the letters of the token then take 5.5 bits, not 8.
    parts: Any = [f"{origin}{REPLAY_PATH}#", token]
    return segno.make_qr(parts, error="m", boost_error=False)


def qr_svg(token: str, origin: str) -> str:
    """Inline SVG: black on white, with the quiet border that scanners need, no outside file."""
    written = BytesIO()
    qr(token, origin).save(
        written, kind="svg", xmldecl=False, svgns=True, border=4, scale=4, dark="#000", light="#fff", omitsize=True
    )
    return written.getvalue().decode()
