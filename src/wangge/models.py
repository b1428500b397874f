"""Where Django finds the models: those of each street, all of them, by their being read here."""

import wangge.base.access.models
import wangge.base.events.models
import wangge.base.receipts.models
import wangge.domains.asking.models
import wangge.domains.cases.models
import wangge.domains.checkpoints.models
import wangge.domains.codes.models
import wangge.domains.duty.models
import wangge.domains.fixtures.models
import wangge.domains.help.models
import wangge.domains.isolation.models
import wangge.domains.lists.models
import wangge.domains.medicine.models
import wangge.domains.messages.models
import wangge.domains.monitoring.models
import wangge.domains.people.models
import wangge.domains.phones.models
import wangge.domains.places.models
import wangge.domains.protocol.models
import wangge.domains.reception.models
import wangge.domains.requests.models
import wangge.domains.risk.models
import wangge.domains.selfreports.models
import wangge.domains.sensors.models
import wangge.domains.supplies.models
import wangge.domains.tables.models
import wangge.domains.testing.models
import wangge.domains.transfer.models
import wangge.domains.venues.models
import wangge.domains.work.models
import wangge.domains.zones.models  # noqa: F401
