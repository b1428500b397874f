"""Codes of the demo city for a camera: told by the running product's own keys, drawn into a video file by hand."""

import json
import math
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import segno
from tests.journeys.product import ROOT, environment

WIDE, HIGH = 640, 480
WHITE, BLACK, GREY = 235, 16, 128


def texts(var: Path) -> dict[str, str]:
    """A green, a yellow, a red, an expired and a forged code. The list has them: it is made anew."""
    env = environment(var, 0) | {"DJANGO_SETTINGS_MODULE": "wangge.settings"}
    script = Path(__file__).with_name("telling.py")
    done = subprocess.run([sys.executable, str(script)], cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, str] = json.loads(done.stdout.splitlines()[-1])
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
