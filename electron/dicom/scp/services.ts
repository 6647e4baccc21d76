import type { Service } from './service.ts'
import { type StorageTarget, storage } from './storage.ts'
import { verification } from './verification.ts'

/** What the services need of the rest of the node. */
export type ServiceParts = StorageTarget

/**
 * Every service that the listener offers, and what the conformance statement lists: a service added here is in both.
 * Their negotiable half (`supports`, `supportsTransferSyntax`) needs none of `parts`.
 */
export function allServices(parts: ServiceParts): Service[] {
  return [verification, storage(parts)]
}
