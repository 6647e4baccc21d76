import { randomUUID } from 'node:crypto'
import type { NodeEvent } from '#electron/dicom/nodeApi.ts'
import { MultipartError, MultipartReader } from '#electron/dicomweb/multipart.ts'
import { jsonType, mediaType } from '../http/accept.ts'
import type { Answer, Asked } from '../http/answer.ts'
import type { Target } from '../http/route.ts'
import { WebRefusal } from '../http/webRefusal.ts'
import { type PartOutcome, StoredPart } from './storedPart.ts'
import { storeReport } from './storeReport.ts'
import type { StoreTarget } from './storeTarget.ts'

/** How what comes in this way is named in lists where others have their AE title. */
export const SENDER = 'DICOMweb'

/**
 * STOW-RS (PS3.18 10.5) of Part 10 files. One part after the other, each on disk before the next is looked at; what was
 * kept before a sender breaks off stays kept, as with C-STORE.
 */
export async function storeInstances(
  target: StoreTarget,
  asked: Asked,
  { study }: Target,
  tell: (event: NodeEvent) => void,
): Promise<Answer> {
  const { type, parameters } = mediaType(asked.contentType)
  const inner = (parameters.get('type') ?? '').toLowerCase()
  const isSingle = type === 'application/dicom'
  if (!isSingle && (type !== 'multipart/related' || (inner !== '' && inner !== 'application/dicom')))
    throw new WebRefusal(415, 'Instances are stored as multipart/related; type="application/dicom".')
  const answerType = jsonType(asked.accept)
  const receiving = new Receiving(target, asked, study, tell)
  try {
    if (isSingle) await receiving.single(asked.body)
    else await receiving.parts(asked.body, parameters.get('boundary') ?? '')
  } catch (error) {
    receiving.end(true)
    if (error instanceof MultipartError)
      throw new WebRefusal(400, `The request is no multipart message: ${error.message}.`)
    throw error
  }
  receiving.end(false)
  if (receiving.outcomes.length === 0) throw new WebRefusal(400, 'The request holds no instance.')
  const { status, json } = storeReport(receiving.outcomes, asked.base)
  const failed = receiving.outcomes.filter((one) => one.status !== 0).length
  return {
    status,
    headers: { 'content-type': answerType, ...(status === 503 ? { 'retry-after': '60' } : {}) },
    body: json,
    ...(failed > 0 ? { sentence: `${failed} of ${receiving.outcomes.length} instances were not kept.` } : {}),
  }
}

/** As many outcomes as an answer can hold. */
const PARTS_MAX = 50_000

class Receiving {
  readonly outcomes: PartOutcome[] = []
  private readonly id = randomUUID()
  private readonly target: StoreTarget
  private readonly asked: Asked
  private readonly study: string | undefined
  private readonly tell: (event: NodeEvent) => void
  private begun = false

  constructor(target: StoreTarget, asked: Asked, study: string | undefined, tell: (event: NodeEvent) => void) {
    this.target = target
    this.asked = asked
    this.study = study
    this.tell = tell
  }

  async single(body: AsyncIterable<Buffer>): Promise<void> {
    const part = this.begin()
    try {
      for await (const chunk of body) part.write(chunk)
    } catch (error) {
      part.discard()
      throw error
    }
    await this.keep(part)
  }

  async parts(body: AsyncIterable<Buffer>, boundary: string): Promise<void> {
    let open: StoredPart | undefined
    const complete: StoredPart[] = []
    const reader = new MultipartReader(boundary, {
      begin: (headers) => {
        const { type } = mediaType(headers.get('content-type') ?? 'application/dicom')
        if (type !== 'application/dicom')
          throw new MultipartError(`a part is ${type || 'of no type'}, not application/dicom`)
        if (this.outcomes.length + complete.length >= PARTS_MAX)
          throw new MultipartError(`it has more than ${PARTS_MAX} parts`)
        open = this.begin()
      },
      data: (bytes) => open?.write(bytes),
      end: () => {
        if (open) complete.push(open)
        open = undefined
      },
    })
    try {
      for await (const chunk of body) {
        reader.push(chunk)
        // Nothing more is read until what is complete is on disk.
        for (let part = complete.shift(); part; part = complete.shift()) await this.keep(part)
      }
      if (!reader.isClosed) throw new MultipartError('it ends before its last boundary')
    } catch (error) {
      open?.discard()
      for (const part of complete) await this.keep(part)
      throw error
    }
  }

  end(isCutOff: boolean): void {
    if (!this.begun) return
    this.begun = false
    const how = isCutOff ? 'lost' : 'released'
    this.tell({ kind: 'associationEnded', associationId: this.id, at: Date.now(), how, note: undefined })
  }

  private begin(): StoredPart {
    if (!this.begun) {
      this.begun = true
      const party = { ...this.sender(), calledAETitle: this.target.configuration().aeTitle }
      const proposal = { implementation: '', maxPduLength: 0, contexts: [] }
      this.tell({ kind: 'associationAccepted', associationId: this.id, party, at: Date.now(), proposal })
    }
    return new StoredPart(this.target, this.target.store(), this.study)
  }

  private async keep(part: StoredPart): Promise<void> {
    const outcome = await part.finish({ kind: 'receive', ...this.sender(), at: Date.now() })
    this.outcomes.push(outcome)
    const { sopInstanceUID, studyInstanceUID, bytes, status, note, studyId } = outcome
    this.tell({
      kind: 'instanceReceived',
      associationId: this.id,
      at: Date.now(),
      ...{ sopInstanceUID, studyInstanceUID, bytes, status, studyId },
      moveOriginatorAETitle: '',
      outcome: outcome.outcome === 'conflict' ? 'set-aside' : outcome.outcome,
      note: note || undefined,
    })
  }

  private sender(): { callingAETitle: string; address: string } {
    const { user, address } = this.asked
    return { callingAETitle: SENDER, address: user === '' ? address : `${address} (${user})` }
  }
}
