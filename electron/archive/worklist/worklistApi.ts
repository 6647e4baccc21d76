import type { StepState } from '#electron/worklist/performedStep.ts'
import type { Order, OrderContent, OrderSource, OrderState } from '#shared/contract/order.ts'
import type { Board, InputRow, KnownPatient, PatientRow, Procedure } from '#shared/contract/worklist.ts'
import type { AttributeSet } from '#shared/dicom/attributeSet.ts'

/** How another system knows a request; what is left out is made here. */
export interface GivenIdentity {
  accessionNumber?: string
  studyInstanceUID?: string
  requestedProcedureID?: string
  scheduledProcedureStepID?: string
}

export interface NewOrder {
  content: OrderContent
  source: OrderSource
  /** How its source knows it: one that comes again replaces what it asked before. */
  sourceKey?: string
  /** Said to be a change of one that is known. Else one whose examination has begun stays with the patient that it was for. */
  isChange?: boolean
  given?: GivenIdentity
}

export interface NewStep {
  sopInstanceUID: string
  attributes: AttributeSet
  callingAETitle: string
  address: string
}

/** Why a step is not made or changed: a DIMSE status with its comment (PS3.7 C). */
export interface StepRefused {
  status: number
  comment: string
  errorID: number | undefined
}

export interface KeptStep {
  sopInstanceUID: string
  orderId: number | null
  serverId: number
  state: StepState
  attributes: AttributeSet
}

/** A change of a step of ours that a server has to hear of. */
export interface StepReport {
  reportId: number
  sopInstanceUID: string
  serverId: number
  kind: 'create' | 'set'
  attributes: AttributeSet
  attempts: number
}

export interface NewInput {
  kind: InputRow['kind']
  source: string
  outcome: InputRow['outcome']
  sentence: string
  orderId: number | null
  /** As it came, bounded. */
  content: string
}

/** What a query of our worklist narrows down by an index; `keys` are matched on what that leaves. */
export interface WorklistQuery {
  keys: AttributeSet
  /** Asked as matching values of the step; '' where any will do. */
  station: string
  from: string
  to: string
  /** Whoever asks: an order for any device is for it. */
  callingAETitle: string
}

/** Each commits before it resolves. */
export interface WorklistWriterApi {
  createOrder(order: NewOrder): Promise<Order>
  /** `was`: what the person saw; 'changed' when it is another by now, and nothing is done. */
  updateOrder(orderId: number, content: OrderContent, was?: OrderContent): Promise<Order | 'changed' | undefined>
  /** By a person. Only what is scheduled can be cancelled: anything else stays as it is. */
  setOrderState(orderId: number, state: OrderState): Promise<Order | undefined>
  /** By how its source knows it; undefined when it never asked. One whose examination has begun stays as it is. */
  cancelOrder(sourceKey: string): Promise<Order | undefined>
  /** Looks which requests these studies belong to; what a person or a sure match has decided stays. */
  matchStudies(studyIds: number[]): Promise<void>
  /** The same for all that came since then and belong to none yet. */
  matchRecent(since: number): Promise<void>
  attachStudy(orderId: number, studyId: number): Promise<boolean>
  leaveStudy(studyId: number): Promise<void>
  createStep(step: NewStep): Promise<StepRefused | undefined>
  changeStep(sopInstanceUID: string, changes: AttributeSet): Promise<StepRefused | undefined>
  leaveStep(sopInstanceUID: string): Promise<void>
  /**
   * A step of ours, its state and its order's, and the report to the server, all or nothing. False where somebody else was
   * first: an order begins once, a step ends once.
   */
  reportStep(step: {
    orderId: number
    serverId: number
    sopInstanceUID: string
    kind: 'create' | 'set'
    state: StepState
    attributes: AttributeSet
  }): Promise<boolean>
  /** What a server did not take of the steps of an order is due now, in its order. */
  retryReports(orderId: number): Promise<void>
  saveReport(
    reportId: number,
    attempt: { attempts: number; nextAttemptAt: number; endedAt: number | null; note: string },
  ): Promise<void>
  saveProcedure(procedure: Omit<Procedure, 'procedureId'> & { procedureId: number | null }): Promise<void>
  deleteProcedure(procedureId: number): Promise<void>
  addInput(input: NewInput): Promise<number>
}

export interface BoardFilter {
  text: string
  modalities: readonly string[]
  stationAETitle: string
}

export interface WorklistReaderApi {
  /** Open orders that match, in the order of their times; a reader who waits makes the search wait. */
  worklistItems(query: WorklistQuery, signal: AbortSignal): AsyncIterable<AttributeSet[]>
  performedStep(sopInstanceUID: string): Promise<KeptStep | undefined>
  /** The step of ours that is under way for an order. */
  ownStep(orderId: number): Promise<KeptStep | undefined>
  /** `among`: of the requests of these days those that fit; all where nothing is said. */
  board(from: string, to: string, among?: BoardFilter): Promise<Board>
  /** How much of a day's board waits for a person, without making the board. */
  deskAttention(day: string, now: number): Promise<number>
  getOrder(orderId: number): Promise<Order | undefined>
  /** By how its source knows it. */
  orderOfSource(sourceKey: string): Promise<Order | undefined>
  findPatients(text: string): Promise<KnownPatient[]>
  listPatients(page: { text: string; offset: number; limit: number }): Promise<{ total: number; rows: PatientRow[] }>
  studiesOfPatient(patientRef: number): Promise<number[]>
  listProcedures(): Promise<Procedure[]>
  /** AE titles of devices that sent images or were asked for. */
  seenStations(): Promise<string[]>
  listInputs(limit: number): Promise<InputRow[]>
  /** The oldest of each step that is due. */
  dueReports(now: number): Promise<StepReport[]>
  /** What really arrived for an order: series with their images. */
  arrivedSeries(orderId: number): Promise<ArrivedSeries[]>
}

export interface ArrivedSeries {
  seriesInstanceUID: string
  description: string
  modality: string
  protocolName: string
  operatorsName: string
  instances: { sopClassUID: string; sopInstanceUID: string }[]
}
