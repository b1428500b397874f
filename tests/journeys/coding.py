"""Codes of the demo city for a camera: told by the running product's own keys, drawn into a video file by hand."""

import json
import math
import subprocess
import sys
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import segno
from PIL import Image
from tests.journeys.product import ROOT, environment

import frontend

HERE = Path(__file__).resolve().parent
WIDE, HIGH = 640, 480
WHITE, BLACK, GREY = 235, 16, 128


def texts(var: Path) -> dict[str, str]:
    """A green, a yellow, a red, an expired and a forged code. The list has them: it is made anew."""
    found: dict[str, str] = told(var, "telling.py", "codes")
    return found


def own_link(var: Path) -> str:
    """The address that a desk shows for somebody's own phone."""
    return str(told(var, "telling.py", "own")["address"])


def told(var: Path, script: str, *what: str) -> Any:
    """What a script beside this file says in the running product's environment."""
    env = environment(var, 0) | {"DJANGO_SETTINGS_MODULE": "wangge.settings"}
    command = [sys.executable, str(HERE / script), *what]
    return _said(subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False))


def _said(done: "subprocess.CompletedProcess[str]") -> Any:
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


def seen(base_url: str, picture: Image.Image, folder: Path) -> dict[str, str]:
    """What a checkpoint's decoder and verifier say of a picture by the published keys: text, seen, initials."""
    with urllib.request.urlopen(f"{base_url}/.well-known/wangge-codes.json", timeout=10) as published:
        (folder / "keys.json").write_bytes(published.read())
    (folder / "pixels").write_bytes(picture.convert("RGBA").tobytes())
    program, _npm = frontend.node()
    files = [frontend.FOLDER, folder / "keys.json", folder / "pixels", picture.width, picture.height, folder]
    command = [*program, HERE / "reading.mjs", *files]
    found: dict[str, str] = _said(
        subprocess.run([str(one) for one in command], capture_output=True, text=True, check=False)
    )
    return found


@dataclass(frozen=True)
class Drawn:
    """How a code is shown to the camera: pixels of a module, turned by degrees, its lower right quarter torn off."""

    scale: int = 6
    turned: float = 0.0
    torn: bool = False


STRAIGHT = Drawn()


def draw(path: Path, text: str, how: Drawn = STRAIGHT) -> None:
    """A still picture of a code as a video (Y4M): what Chromium's camera shows from then on."""
    picture = segno.make(text, error="m", micro=False)
    rows = [list(row) for row in picture.matrix_iter(scale=how.scale, border=4)]
    side, angle = len(rows), math.radians(how.turned)
    cos, sin = math.cos(angle), math.sin(angle)
    luma = bytearray([WHITE]) * (WIDE * HIGH)
    for y in range(HIGH):
        for x in range(WIDE):
            dx, dy = x - WIDE / 2, y - HIGH / 2
            across, down = int(dx * cos + dy * sin + side / 2), int(dy * cos - dx * sin + side / 2)
            inside = 0 <= across < side and 0 <= down < side
            if inside and rows[down][across] and not (how.torn and min(across, down) > side * 0.5):
                luma[y * WIDE + x] = BLACK
    chroma = bytes([GREY]) * (WIDE * HIGH // 2)
    frame = b"FRAME\n" + bytes(luma) + chroma
    head = f"YUV4MPEG2 W{WIDE} H{HIGH} F10:1 Ip A1:1 C420jpeg\n".encode()
    beside = path.with_suffix(".new")
    beside.write_bytes(head + frame * 2)
    beside.replace(path)


def blank(path: Path) -> None:
    """Nothing before the camera."""
    head = f"YUV4MPEG2 W{WIDE} H{HIGH} F10:1 Ip A1:1 C420jpeg\n".encode()
    path.write_bytes(head + (b"FRAME\n" + bytes([WHITE]) * (WIDE * HIGH) + bytes([GREY]) * (WIDE * HIGH // 2)) * 2)
