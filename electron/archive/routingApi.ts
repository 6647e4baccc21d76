import type { RuleFiring } from '#shared/contract/rules.ts'

export type NewFiring = Omit<RuleFiring, 'firingId'>

/** A study to which devices have sent something that a rule has not looked at. */
export interface Arrival {
  studyId: number
  newestInstanceId: number
  lastReceivedAt: number
  /** Up to which image of the study the rule has looked. */
  throughInstanceId: number
}

/** An image with everything that a condition may ask for. */
export interface ArrivedInstance {
  instanceId: number
  callingAETitle: string
  address: string
  attributes: Record<string, string>
}

export interface RoutingReaderApi {
  newestInstanceId(): Promise<number>
  /** Undefined where it is not known where the rule begins: the index was made anew. */
  arrivals(ruleId: number): Promise<Arrival[] | undefined>
  /** What devices sent of a study after one image and up to another. */
  arrived(range: { studyId: number; afterId: number; throughId: number }): Promise<ArrivedInstance[]>
  /** Some images of a study, however they came. */
  sampleOf(studyId: number): Promise<ArrivedInstance[]>
  newestOrderId(): Promise<number>
  /** Scheduled requests that a rule has not looked at, the oldest first; undefined as for `arrivals`. */
  ordersAfter(
    ruleId: number,
  ): Promise<{ orderId: number; title: string; attributes: Record<string, string> }[] | undefined>
  /** The newest studies that devices sent. */
  newestReceivedStudies(limit: number): Promise<number[]>
  listFirings(limit: number): Promise<RuleFiring[]>
  /** By rule: when it last sent, and how many images. */
  firedByRule(): Promise<Record<number, { lastFiredAt: number; fired: number }>>
}

export interface RoutingWriterApi {
  /** From this image on; whatever it looked at before is forgotten. */
  startRule(ruleId: number, throughInstanceId: number): Promise<void>
  /** What a rule did about a study, and that it is done with it up to this image. */
  saveFirings(ruleId: number, studyId: number, throughInstanceId: number, firings: NewFiring[]): Promise<void>
}
