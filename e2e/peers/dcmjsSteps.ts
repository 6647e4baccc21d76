import dcmjsDimse from 'dcmjs-dimse'
import { MODALITY_PERFORMED_PROCEDURE_STEP } from '#shared/dicom/sopClass.ts'
import { freePort } from './freePort.ts'

const { Client, Dataset, Scp, Server, constants, requests, responses } = dcmjsDimse
dcmjsDimse.log.setLevel('silent')

export interface TakenStep {
  kind: 'create' | 'set'
  uid: string
  elements: Record<string, unknown>
}

/** dcmjs-dimse as SCP of performed procedure steps: keeps what it is told. */
export async function startStepScp() {
  const taken: TakenStep[] = []
  const take = (kind: TakenStep['kind'], uid: string, dataSet: { getElements(): Record<string, unknown> }) =>
    taken.push({ kind, uid, elements: dataSet.getElements() })
  class Steps extends Scp {
    override associationRequested(association: dcmjsDimse.association.Association) {
      for (const { context } of association.getPresentationContexts()) {
        const [first] = context.getTransferSyntaxUids()
        if (first !== undefined) context.setResult(constants.PresentationContextResult.Accept, first)
      }
      this.sendAssociationAccept()
    }
    override nCreateRequest(request: never, callback: (response: never) => void) {
      const { getAffectedSopInstanceUid, getDataset } = request as unknown as StepRequest
      take('create', getAffectedSopInstanceUid.call(request), getDataset.call(request))
      const response = responses.NCreateResponse.fromRequest(request)
      response.setStatus(constants.Status.Success)
      callback(response as never)
    }
    override nSetRequest(request: never, callback: (response: never) => void) {
      const { getRequestedSopInstanceUid, getDataset } = request as unknown as StepRequest
      take('set', getRequestedSopInstanceUid.call(request), getDataset.call(request))
      const response = responses.NSetResponse.fromRequest(request)
      response.setStatus(constants.Status.Success)
      callback(response as never)
    }
    override associationReleaseRequested() {
      this.sendAssociationReleaseResponse()
    }
  }
  const server = new Server(Steps)
  const port = await freePort()
  server.listen(port)
  return { aeTitle: 'DCMJS', port, taken, [Symbol.dispose]: () => server.close() }
}

interface StepRequest {
  getAffectedSopInstanceUid(): string
  getRequestedSopInstanceUid(): string
  getDataset(): { getElements(): Record<string, unknown> }
}

/** dcmjs-dimse as SCU; resolves with the status of the answer. */
export function dcmjsStep(
  to: { aeTitle: string; port: number },
  kind: 'create' | 'set',
  uid: string,
  elements: Record<string, unknown>,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const request =
      kind === 'create'
        ? new requests.NCreateRequest(MODALITY_PERFORMED_PROCEDURE_STEP, uid)
        : new requests.NSetRequest(MODALITY_PERFORMED_PROCEDURE_STEP, uid)
    request.setDataset(new Dataset(elements))
    const client = new Client()
    request.on('response', (response: { getStatus(): number }) => resolve(response.getStatus()))
    client.on('networkError', reject)
    client.addRequest(request)
    client.send('127.0.0.1', to.port, 'DCMJS', to.aeTitle)
  })
}
