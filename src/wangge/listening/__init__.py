"""The process that listens to the broker of door sensors (``wangge sensors``): docs/operate/sensors.md."""
