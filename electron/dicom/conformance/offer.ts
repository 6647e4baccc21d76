import { SERVICE_SOP_CLASS_UIDS, storageSOPClassUIDs } from '#shared/dicom/sopClass.ts'
import { TRANSFER_SYNTAXES } from '#shared/dicom/transferSyntax.ts'
import type { NodeConfiguration } from '../nodeApi.ts'
import { type Service, type ServiceClass, ServiceRegistry } from '../scp/service.ts'
import { allServices, type ServiceParts } from '../scp/services.ts'

/** What one service accepts as SCP. */
export interface Offer {
  name: string
  serviceClass: ServiceClass
  sopClassUIDs: string[]
  transferSyntaxUIDs: string[]
  commandFields: readonly number[]
  /** Extended negotiation, in words. */
  extended: string
  /** The peer may be SCP of classes that the service uses. */
  roleSelection: boolean
  /** Classes of vendors are accepted as well. */
  privateClasses: boolean
  isOn: boolean
}

/** Some vendor's: nobody registered it. */
const PRIVATE_CLASS = '1.2.826.0.1.3680043.10.1447.99'

/** Negotiation asks a service about UIDs and uses nothing else of the node: parts may be handed on, never called. */
const untouched: ServiceParts = new Proxy(Object.assign(() => {}, {}) as unknown as ServiceParts, {
  get: () => untouched,
  apply: () => {
    throw new Error('Negotiation uses the node: the conformance statement cannot be made without a running one')
  },
})

/** Asks the registry that the listener negotiates with about every SOP class and every transfer syntax that we know. */
export function offers({ services }: Pick<NodeConfiguration, 'services'>): Offer[] {
  const all = allServices(untouched)
  const registry = new ServiceRegistry(all)
  const on = { services }
  const everything = {
    services: { storage: true, queryRetrieve: true, storageCommitment: true, worklist: true, mpps: true },
  }
  const sopClassUIDs = [...SERVICE_SOP_CLASS_UIDS, ...storageSOPClassUIDs()]
  return all.map((service) => {
    const own = sopClassUIDs.filter((uid) => registry.find(uid, everything) === service)
    return {
      name: service.name,
      serviceClass: service.serviceClass,
      sopClassUIDs: own,
      transferSyntaxUIDs: [...TRANSFER_SYNTAXES.keys()].filter((uid) => service.supportsTransferSyntax(uid)),
      commandFields: service.commandFields,
      extended: agreedWords(service),
      roleSelection: service.performs !== undefined,
      privateClasses: registry.find(PRIVATE_CLASS, everything) === service,
      isOn: own.some((uid) => registry.find(uid, on) === service),
    }
  })
}

/** PS3.4 C.5.1.1: one byte each. */
const INFORMATION = [
  'relational queries',
  'combined date-time matching',
  'fuzzy matching of names',
  'timezone adjustment',
]

function agreedWords({ agreeOn }: Service): string {
  if (!agreeOn) return 'none'
  const agreed = agreeOn(new Uint8Array([1, 1, 1, 1, 1]))
  return INFORMATION.filter((_, at) => agreed[at] === 1).join(', ') || 'none'
}
