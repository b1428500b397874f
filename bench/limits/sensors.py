"""The library's own figure: the same messages received, acknowledged and thrown away. HOST PORT SECRET."""

import signal
import sys
from typing import Any

import paho.mqtt.client as mqtt
from paho.mqtt.enums import CallbackAPIVersion


def main() -> None:
    client = mqtt.Client(CallbackAPIVersion.VERSION2, client_id="wangge", clean_session=False)
    client.username_pw_set("wangge", sys.argv[3])

    def connected(one: mqtt.Client, *_more: Any) -> None:
        one.subscribe("wangge/1/+/event", qos=1)

    client.on_connect = connected
    client.on_message = lambda *_more: None
    client.connect(sys.argv[1], int(sys.argv[2]))
    signal.signal(signal.SIGTERM, lambda *_: client.disconnect())
    client.loop_forever()


if __name__ == "__main__":
    main()
