import { performedStep, type StepArchive, type StepReader } from './performedStep.ts'
import { type QueryRetrieveArchive, queryRetrieve } from './queryRetrieve.ts'
import type { Service } from './service.ts'
import { type StorageTarget, storage } from './storage.ts'
import { type CommitmentArchive, type CommitmentRequesters, storageCommitment } from './storageCommitment.ts'
import { verification } from './verification.ts'
import { type WorklistArchive, worklist } from './worklist.ts'

/** What the services need of the rest of the node. */
export interface ServiceParts extends StorageTarget {
  readonly archive: StorageTarget['archive'] & CommitmentArchive & StepArchive
  readonly requesters: CommitmentRequesters
  readonly reader: QueryRetrieveArchive & WorklistArchive & StepReader
}

/**
 * Every service that the listener offers, and what the conformance statement lists: a service added here is in both.
 * Their negotiable half (`supports`, `supportsTransferSyntax`) needs none of `parts`.
 */
export function allServices(parts: ServiceParts): Service[] {
  return [
    verification,
    storage(parts),
    storageCommitment(parts.archive, parts.requesters),
    ...queryRetrieve(parts.reader),
    worklist(parts.reader),
    performedStep(parts.archive, parts.reader),
  ]
}
