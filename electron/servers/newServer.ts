import { restOff } from '#shared/contract/rest.ts'
import { notifyOff, type ServerFields, usualRetrieving } from '#shared/contract/servers.ts'

/** R004, R012, R013: listen port is ours, because that is the number which the other side must have registered. */
export function newServer(name: string, ownPort: number): ServerFields {
  return {
    name,
    aeTitle: 'ANY-SCP',
    host: '127.0.0.1',
    port: 104,
    listenPort: ownPort,
    preferredCompression: 'none',
    description: '',
    tls: false,
    verifyCertificate: true,
    trust: 'system',
    pinnedCertificate: '',
    expectedName: '',
    clientCertificate: true,
    queryRetrieve: true,
    retrieveBy: 'move',
    queryRoot: 'study',
    queryDates: { kind: 'all' },
    retrieving: usualRetrieving,
    storeEndpoint: null,
    worklistAETitle: '',
    scheduledStationAETitle: '',
    associationPerInstance: false,
    askCommitment: false,
    sendHours: null,
    acceptedClasses: null,
    acceptedSyntaxes: 'all',
    ...restOff,
    ...notifyOff,
  }
}
