"""pynetdicom as a device: asks a worklist and reports performed procedure steps.

usage: device.py PORT CALLED_AE CALLING_AE   (a JSON list of requests on stdin)
  {"do": "find", "keys": {...}}                        C-FIND of the modality worklist
  {"do": "create" | "set", "uid": "...", "attributes": {...}}
  {"do": "get", "uid": "...", "tags": ["00400252"]}    N-GET of the retrieve class; no tags: all
All go over one association. Prints one JSON object a request: {"status": "0000", "found": [...]}.
"""
import json
import sys

from pydicom.tag import Tag
from pynetdicom import AE
from pynetdicom.sop_class import (
    ModalityPerformedProcedureStep,
    ModalityPerformedProcedureStepRetrieve,
    ModalityWorklistInformationFind,
)

from plain import dataset, plain

port, called, calling = int(sys.argv[1]), sys.argv[2], sys.argv[3]
ae = AE(ae_title=calling)
for service in (ModalityWorklistInformationFind, ModalityPerformedProcedureStep, ModalityPerformedProcedureStepRetrieve):
    ae.add_requested_context(service)
association = ae.associate("127.0.0.1", port, ae_title=called)
if not association.is_established:
    sys.exit("no association")


def answer(request):
    if request["do"] == "find":
        answers = list(association.send_c_find(dataset(request["keys"]), ModalityWorklistInformationFind))
        return answers[-1][0], [plain(found) for _, found in answers if found is not None]
    if request["do"] == "get":
        tags = [Tag(int(tag, 16)) for tag in request["tags"]]
        status, found = association.send_n_get(
            tags,
            ModalityPerformedProcedureStep,
            request["uid"],
            meta_uid=ModalityPerformedProcedureStepRetrieve,
        )
    elif request["do"] == "create":
        status, found = association.send_n_create(
            dataset(request["attributes"]), ModalityPerformedProcedureStep, request["uid"]
        )
    else:
        status, found = association.send_n_set(
            dataset(request["attributes"]), ModalityPerformedProcedureStep, request["uid"]
        )
    return status, [] if found is None else [plain(found)]


for one in json.load(sys.stdin):
    status, found = answer(one)
    told = "%04X" % status.Status if "Status" in status else "none"
    print(json.dumps({"status": told, "found": found}))
association.release()
