"""pynetdicom as a clinic's server: worklist and performed procedure steps, with the rules of PS3.4 K and F.

usage: clinic.py AE_TITLE   (a JSON list of worklist entries on stdin; it serves until it is stopped)
Prints one JSON object a line: the port first, then whatever it is asked or told, with the status that it answered.
"""
import json
import signal
import sys
import threading

from pydicom.dataset import Dataset
from pynetdicom import AE, evt
from pynetdicom.sop_class import ModalityPerformedProcedureStep, ModalityWorklistInformationFind

from plain import dataset, plain

SUCCESS, PENDING = 0x0000, 0xFF00
INVALID_VALUE, PROCESSING_FAILURE, DUPLICATE, NO_SUCH, MISSING = 0x0106, 0x0110, 0x0111, 0x0112, 0x0120
AT_CREATION = (
    "ScheduledStepAttributesSequence PerformedProcedureStepID PerformedStationAETitle "
    "PerformedProcedureStepStartDate PerformedProcedureStepStartTime PerformedProcedureStepStatus Modality"
).split()
AT_THE_END = "PerformedProcedureStepEndDate PerformedProcedureStepEndTime PerformedSeriesSequence".split()

entries = [dataset(entry) for entry in json.load(sys.stdin)]
steps = {}


def say(**values):
    print(json.dumps(values), flush=True)


def lacks(kept, keywords):
    return [keyword for keyword in keywords if not kept.get(keyword)]


def fits(wanted, value):
    """PS3.4 C.2.2.2: a single value, a range, or nothing."""
    wanted, value = str(wanted or ""), str(value or "")
    if "-" not in wanted:
        return wanted in ("", value)
    first, last = wanted.split("-")
    return first <= value and (last == "" or value <= last)


def on_find(event):
    keys = event.identifier
    say(event="find", keys=plain(keys), calling=event.assoc.requestor.ae_title)
    step = (keys.get("ScheduledProcedureStepSequence") or [Dataset()])[0]
    for entry in entries:
        own = entry.ScheduledProcedureStepSequence[0]
        names = ("ScheduledStationAETitle", "ScheduledProcedureStepStartDate", "Modality")
        patient = ("PatientID", "PatientName", "AccessionNumber")
        if all(fits(step.get(name), own.get(name)) for name in names) and all(
            fits(keys.get(name), entry.get(name)) for name in patient
        ):
            yield PENDING, entry


def created(event):
    uid, kept = event.request.AffectedSOPInstanceUID, event.attribute_list
    if uid in steps:
        return DUPLICATE, kept
    if lacks(kept, AT_CREATION):
        return MISSING, kept
    if kept.PerformedProcedureStepStatus != "IN PROGRESS":
        return INVALID_VALUE, kept
    steps[uid] = kept
    return SUCCESS, kept


def changed(event):
    uid, changes = event.request.RequestedSOPInstanceUID, event.modification_list
    kept = steps.get(uid)
    if kept is None:
        return NO_SUCH, changes
    if kept.PerformedProcedureStepStatus != "IN PROGRESS":
        return PROCESSING_FAILURE, changes
    whole = Dataset()
    whole.update(kept)
    whole.update(changes)
    if whole.PerformedProcedureStepStatus == "COMPLETED" and lacks(whole, AT_THE_END):
        return MISSING, changes
    steps[uid] = whole
    return SUCCESS, changes


def on_step(kind, judge):
    def handle(event):
        status, said = judge(event)
        request = event.request
        uid = request.AffectedSOPInstanceUID if kind == "create" else request.RequestedSOPInstanceUID
        say(event=kind, uid=str(uid), status="%04X" % status, attributes=plain(said))
        return status, said if status == SUCCESS else None

    return handle


ae = AE(ae_title=sys.argv[1])
ae.add_supported_context(ModalityWorklistInformationFind)
ae.add_supported_context(ModalityPerformedProcedureStep)
handlers = [
    (evt.EVT_C_FIND, on_find),
    (evt.EVT_N_CREATE, on_step("create", created)),
    (evt.EVT_N_SET, on_step("set", changed)),
]
server = ae.start_server(("127.0.0.1", 0), block=False, evt_handlers=handlers)
say(event="listening", port=server.socket.getsockname()[1])
ended = threading.Event()
for name in (signal.SIGTERM, signal.SIGINT):
    signal.signal(name, lambda *_: ended.set())
while not ended.wait(0.2):
    pass
server.shutdown()
