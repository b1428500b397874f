"""A submission on its way in, step by step. Django's view and hot/ take the same steps."""

from wangge.api.openrosa import words
from wangge.api.openrosa.multipart import NoEnvelope, read_envelope
from wangge.api.openrosa.protocol import Said
from wangge.api.openrosa.senders import Holder
from wangge.base import clock
from wangge.base.problems import Problem
from wangge.base.sealing import Sealer
from wangge.domains.asking.inbox.actions import Arrival, Receipt, arrive
from wangge.domains.asking.inbox.catalogue import Catalogue
from wangge.domains.asking.inbox.reading import Faulty, read_filled

PATH = "/openrosa/submission"


def check(
    *, content_type: str, body: bytes, holder: Holder, catalogue: Catalogue, sealer: Sealer, language: str
) -> tuple[Arrival, int] | Said:
    """Read and judge one submission: ready to be kept, with how many files came along, or why not."""
    if not holder.works:
        return words.refusal("no_post", language)
    try:
        envelope = read_envelope(content_type, body)
        filled = read_filled(envelope.xml, catalogue, clock.now())
    except NoEnvelope:
        return words.refusal("no_envelope", language)
    except Problem as problem:
        return words.of_problem(problem, language)
    except Faulty as faulty:
        return words.of_faults(faulty, language)
    return arrive(filled=filled, xml=envelope.xml, sender=holder.sender, sealer=sealer), envelope.files


def said_of(receipt: Receipt, files: int, base: str, language: str) -> Said:
    """The receipt in words, and where the form can be looked after."""
    said = words.of_outcome(receipt.outcome, files, language)
    if said.status >= 300:
        return said
    return Said(said.status, said.nature, said.message, [("Location", f"{base}/openrosa/submission/{receipt.uuid}")])
