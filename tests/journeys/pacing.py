"""How a page feels on a slow phone: Lighthouse's throttling through the browser's own protocol, long tasks, frames."""

from dataclasses import dataclass

from playwright.sync_api import CDPSession, Page

#: Lighthouse's "slow 4G" as DevTools applies it.
SLOW_4G = {
    "offline": False, "latency": 562.5, "downloadThroughput": 1474.56 * 1024 / 8, "uploadThroughput": 675 * 1024 / 8,
}  # fmt: skip
#: Lighthouse's BenchmarkIndex of the phone: where its own table ends for mid-tier phones (125-800). Lighthouse says to
#: calibrate: "four times as slow" is another phone on every machine, and beside other work yet another.
INDEX = 800
AT_MOST = 2500.0  # ms until every tap is answered at once
LONG = 50.0  # ms on the main thread after which a tap is felt to wait
WATCH = """
window.__long = [];
new PerformanceObserver((list) => list.getEntries().forEach((one) => window.__long.push([one.startTime, one.duration])))
  .observe({ type: "longtask", buffered: true });
"""
#: BenchmarkIndex as Lighthouse defines it: the mean of two loops (texts that grow to 10,000 characters and are thrown
#: away, an array of 100,000 numbers copied), each in tens of rounds a second. What else runs on this machine counts.
BENCHMARK = """() => {
  const rate = (round) => {
    const start = performance.now();
    let rounds = 0;
    for (; performance.now() - start < 500; rounds += 1) round(rounds);
    return (rounds * 100) / (performance.now() - start);
  };
  const numbers = [0, 1].map(() => Array.from({ length: 100000 }, (_one, at) => at));
  let grown = "";
  const grow = () => {
    grown = "";
    for (let at = 0; at < 10000; at += 1) grown += "a";
  };
  const copy = (round) => {
    const [from, to] = round % 2 ? numbers : [numbers[1], numbers[0]];
    for (let at = 0; at < from.length; at += 1) to[at] = from[at];
  };
  return (rate(grow) + rate(copy)) / 2;
}"""
FRAMES = """async ({ distance, steps }) => {
  const frames = [];
  let last = performance.now();
  for (let step = 0; step < steps; step += 1) {
    scrollBy(0, distance);
    await new Promise(requestAnimationFrame);
    const now = performance.now();
    frames.push(now - last);
    last = now;
  }
  return frames;
}"""


@dataclass(frozen=True)
class Interactive:
    """Milliseconds since the address was opened: first words, and from when on every tap is answered at once."""

    words: float
    taps: float
    long: tuple[float, ...]


def slow(page: Page, *, network: bool = True) -> CDPSession:
    """Slow the page's processor down to the phone's, and its network; as long as the session lives."""
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": max(1.0, float(page.evaluate(BENCHMARK)) / INDEX)})
    if network:
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", SLOW_4G)
    page.add_init_script(WATCH)
    return session


def interactive(page: Page, quiet: float = 5000.0) -> Interactive:
    """After the page was opened: Lighthouse's measure, the end of the last long task before so many quiet ms."""
    page.wait_for_timeout(quiet)
    words = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0")
    loaded = page.evaluate("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd")
    taps = max(words, loaded)
    long = [(start, length) for start, length in page.evaluate("window.__long")]
    for start, length in long:
        if start > taps + quiet:
            break
        taps = max(taps, start + length)
    return Interactive(words, taps, tuple(length for _start, length in long))


def frames(page: Page, *, distance: int, steps: int) -> list[float]:
    """The length of each frame in ms while the page is scrolled by ``distance`` px a frame."""
    return [float(one) for one in page.evaluate(FRAMES, {"distance": distance, "steps": steps})]
