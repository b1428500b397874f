"""What is fixed to doors."""

from wangge.domains.sensors.models.devices import Fit, Listener, Planned, Reading, Rejected, Sensor

__all__ = ["Fit", "Listener", "Planned", "Reading", "Rejected", "Sensor"]
