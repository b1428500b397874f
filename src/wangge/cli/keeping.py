"""Keeping child processes running: started together, started again when they die, stopped together."""

import ctypes
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import FrameType

from wangge.cli.saying import refuse, say

LOOK = 0.2  # seconds between looks at the children
PATIENCE = 60  # seconds for the address to answer
GRACE = 10  # seconds to finish after the signal to stop
QUICK = 5  # seconds: a process that dies sooner was never well
TRIES = 5  # quick deaths one after the other
PR_SET_PDEATHSIG = 1  # <sys/prctl.h>


def _end_with_parent() -> None:
    """In the child: ask the kernel for SIGTERM when the keeper is gone, be it killed with -9 (prctl(2))."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Kept:
    """A process to keep. ``url`` answers once it is well."""

    name: str
    line: Sequence[str]
    url: str = ""
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    quick_deaths: int = 0

    def start(self) -> None:
        self.started = time.monotonic()
        # A session of its own: Ctrl-C in a terminal reaches the keeper alone, which stops its children in order.
        self.process = subprocess.Popen(  # noqa: S603  # our own commands
            self.line, start_new_session=True, preexec_fn=_end_with_parent if sys.platform == "linux" else None
        )

    @property
    def dead(self) -> bool:
        return self.process is not None and self.process.poll() is not None


@dataclass
class Keeper:
    """Starts its processes, waits until their addresses answer, and keeps them until a signal to stop."""

    kept: Sequence[Kept]
    stopping: bool = False
    _before: dict[int, object] = field(default_factory=dict)

    def run(self, ready: Callable[[], None]) -> int:
        """Until SIGINT or SIGTERM; returns the exit code. ``ready`` is called once everything answers."""
        for number in (int(signal.SIGINT), int(signal.SIGTERM)):
            self._before[number] = signal.signal(number, self._stop)
        try:
            for one in self.kept:
                one.start()
            return self._keep(ready)
        finally:
            self._end()
            for number, handler in self._before.items():
                signal.signal(number, handler)  # type: ignore[arg-type]  # what signal() gave us

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True

    def _keep(self, ready: Callable[[], None]) -> int:
        announced, deadline = False, time.monotonic() + PATIENCE
        while not self.stopping:
            if any(one.dead and not self._again(one) for one in self.kept):
                return 1
            if not announced and all(answers(one.url) for one in self.kept):
                announced = True
                ready()
            elif not announced and time.monotonic() > deadline:
                return refuse("the web does not answer. Its messages above say why.")
            time.sleep(LOOK)
        return 0

    def _again(self, one: Kept) -> bool:
        """Start a dead process again; False when it keeps dying at once."""
        code = one.process.returncode if one.process else 0
        how = f"was ended by {signal.Signals(-code).name}" if code < 0 else f"ended with code {code}"
        one.quick_deaths = one.quick_deaths + 1 if time.monotonic() - one.started < QUICK else 0
        if one.quick_deaths >= TRIES:
            refuse(f"the {one.name} {how} {TRIES} times at once. Its messages above say why.")
            return False
        say(f"The {one.name} {how}; it is started again.")
        time.sleep(LOOK * 2**one.quick_deaths if one.quick_deaths else 0)
        one.start()
        return True

    def _end(self) -> None:
        running = [one.process for one in self.kept if one.process and one.process.poll() is None]
        for process in running:
            process.terminate()
        until = time.monotonic() + GRACE
        for process in running:
            try:
                process.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        if self.stopping:
            say("Stopped.")


def answers(url: str) -> bool:
    """Whether anything answers there, whatever it says; no address is always well."""
    if not url:
        return True
    try:
        urllib.request.urlopen(url, timeout=2).close()  # noqa: S310  # our own http address
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True
