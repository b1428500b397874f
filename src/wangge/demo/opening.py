"""The Response that the demo works in: a drill, opened with everything an opening needs by law."""

from wangge.base.access.by import SYSTEM
from wangge.base.ids import derived
from wangge.domains.places.models import Place
from wangge.domains.protocol.actions import open_response
from wangge.domains.protocol.models import Response
from wangge.domains.protocol.rules import Named

PROTOCOL = "covid19-v8"
AUTHORITY = "太原市疫情防控工作领导小组办公室"
GROUND = "《中华人民共和国传染病防治法》；本次为演练，人员均为虚构。"
REMEDY = "对措施有异议的，可拨打太原市12345或向区防控办申诉；就医、用药等急难需求随时联系网格员。"


def open_drill(*, area: Place, seed: str) -> Response:
    """A drill for a whole city under the eighth edition."""
    return open_response(
        title="2022年春季新冠疫情应急处置（演练）", protocol=PROTOCOL, area=area, authority=AUTHORITY,
        document_no="并防办演〔2022〕1号", ground=GROUND,
        remedy=REMEDY, drill=True, named=tuple(Named), by=SYSTEM, uuid=derived(seed, "response"),
    )  # fmt: skip
