import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MessageChannel } from 'node:worker_threads'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { bindPage, type PageServer } from '#electron/headless/server.ts'
import { socketWire } from '#electron/headless/socketWire.ts'
import { openWorkstation, type Workstation } from '#electron/workstation.ts'
import { checksOf } from '#shared/contract/callerChecks.ts'
import { type Client, createClient } from '#shared/contract/client.ts'
import type { ApiError } from '#shared/contract/errors.ts'
import { contract, type WorkstationContract } from '#shared/contract/index.ts'
import type { InputOf, Operation } from '#shared/contract/operation.ts'
import { memoryWires, type Wire } from '#shared/contract/wire.ts'

type Inputs = {
  [Feature in keyof WorkstationContract]: {
    [Verb in keyof WorkstationContract[Feature]]: WorkstationContract[Feature][Verb] extends Operation
      ? InputOf<WorkstationContract[Feature][Verb]>
      : never
  }
}

const device: InputOf<WorkstationContract['devices']['add']>['fields'] = {
  ...{ aeTitle: 'CT1', address: '10.0.0.1', vendor: 'GE', model: 'Revolution', modality: 'CT', place: '', note: '' },
  ...{ aliases: ['CT_1'], calledAs: [], access: 'allow' },
}
const request = {
  patient: {
    kind: 'animal' as const,
    patientName: 'Rex',
    patientId: '',
    birthDate: '',
    sex: 'M' as const,
    neutered: '' as const,
    species: 'Canine',
    speciesCode: null,
    breed: '',
    breedCode: null,
    responsiblePerson: 'Sato, Ren',
    microchip: '',
  },
  request: {
    stationAETitle: '',
    modality: 'DX',
    procedure: 'Thorax, 2 views',
    procedureCode: null,
    date: '20261121',
    time: '0940',
    priority: 'ROUTINE' as const,
    history: '',
    requestedBy: '',
  },
}
const days = { from: '20261121', to: '20261121' }

/** One call of each operation. What does not exist is asked for on purpose: an error in the closed set is an answer too. */
const inputs = (folder: string): Inputs => ({
  studies: {
    list: { text: 'nobody', limit: 10 },
    changes: {},
    get: { studyIds: [1] },
    series: { studyId: 1 },
    images: { seriesId: 1 },
    tags: { instanceId: 1 },
    markOpened: { studyId: 1 },
    states: { studyIds: [1] },
    arrivals: { studyId: 1 },
    trash: { studyIds: [1] },
    restore: { studyIds: [1] },
    findRemote: { serverIds: [404], filter: {} },
    remoteSeries: { serverId: 404, studyInstanceUID: '1.2.3' },
    remotePicture: { serverId: 404, studyInstanceUID: '1.2.3', seriesInstanceUID: '1.2.4' },
    remoteTags: { serverId: 404, studyInstanceUID: '1.2.3', seriesInstanceUID: '1.2.4' },
  },
  servers: {
    watch: {},
    list: {},
    add: {},
    duplicate: { serverId: 404 },
    update: {
      serverId: 404,
      fields: {
        name: 'Northview',
        aeTitle: 'NORTH',
        host: '127.0.0.1',
        port: 104,
        listenPort: 11112,
        preferredCompression: 'none',
        description: '',
        tls: false,
        verifyCertificate: true,
        queryRetrieve: true,
        retrieveBy: 'move',
        queryRoot: 'study',
        associationPerInstance: false,
        askCommitment: false,
        acceptedClasses: null,
        acceptedSyntaxes: 'all',
        worklistAETitle: '',
        scheduledStationAETitle: '',
      },
    },
    delete: { serverId: 404 },
    restore: { serverId: 404 },
    move: { serverId: 404, by: 1 },
    place: { serverId: 404, index: 0 },
    undo: {},
    redo: {},
    exportList: { format: 'csv' },
    importList: { text: '' },
    site: {},
    setDefault: { serverId: 404 },
    credentials: {},
    keepSecret: { serverId: 404, secret: '' },
    probe: { serverId: 404 },
    test: { serverId: 404 },
  },
  site: {
    watch: {},
    export: {
      name: 'Northview',
      include: { servers: true, devices: true, settings: true },
      locks: { servers: false, devices: false, settings: false },
    },
    look: { text: '{}' },
    follow: { text: '{}', fingerprint: '' },
    putBack: {},
    leave: {},
  },
  devices: {
    watch: {},
    add: { fields: device },
    update: { deviceId: 404, revision: 1, fields: device },
    delete: { deviceId: 404 },
    restore: { deviceId: 404 },
    allow: { knockId: 'NOBODY@127.0.0.1' },
    acceptAlias: { knockId: 'NOBODY@127.0.0.1', deviceId: 404 },
    block: { knockId: 'NOBODY@127.0.0.1' },
    ignore: { knockId: 'NOBODY@127.0.0.1' },
    showIgnored: {},
    reach: {},
    guides: {},
    statistics: { days: 14 },
  },
  dicomwebServer: {
    watch: {},
    saveUser: { name: 'viewer', password: 'a long one' },
    removeUser: { name: 'nobody' },
    example: {},
  },
  diagnosis: {
    run: { serverId: 404, options: { testImage: false, rehearseRetrieve: false } },
    runAll: {},
    history: { serverId: 404 },
    clearHistory: { serverId: 404 },
    evidence: { symptom: 'not-appearing', aeTitle: '', serverId: null },
    supportBundle: {},
  },
  measurements: {
    list: { studyIds: [404] },
    save: {
      measurements: [
        {
          measurementId: '6f1d2c1e-58a2-4c1b-9d43-0b7f7a1c2d3e',
          instanceId: 404,
          frame: 0,
          kind: 'length',
          points: [
            [1, 2],
            [3, 4],
          ],
          name: '',
          hidden: false,
          moved: null,
          knownMm: 0,
          measured: { kind: 'length', length: 1, unit: 'mm', source: 'pixel spacing' },
        },
      ],
    },
    remove: { measurementIds: ['6f1d2c1e-58a2-4c1b-9d43-0b7f7a1c2d3e'] },
  },
  reports: { list: { studyIds: [404] }, write: { studyId: 404 } },
  viewer: { watch: {}, update: {}, opening: { studyId: 404 }, earlier: { studyId: 404 } },
  transfers: {
    watch: {},
    items: { transferId: 'none' },
    send: { serverIds: [404], selection: { studyIds: [1] } },
    retrieve: { serverId: 404, studies: [{ studyInstanceUID: '1.2.3', patientName: 'X', instances: null }] },
    beginImport: { title: 'folder', files: 0 },
    finishImport: { transferId: 'none' },
    cancel: { transferId: 'none' },
    check: { serverIds: [], selection: { studyIds: [404] } },
    pause: { transferIds: ['none'] },
    resume: { transferIds: ['none'] },
    prioritise: { transferId: 'none', priority: 'urgent' },
    history: { kind: 'send' },
    countAgain: { transferId: 'none' },
    retry: { transferId: 'none' },
    askCommitment: { transferId: 'none' },
    clear: { transferIds: ['none'] },
  },
  rules: {
    watch: {},
    fields: {},
    add: {
      fields: { name: 'r', when: 'received', quietMinutes: 2, conditions: [], serverIds: [404], priority: 'normal' },
    },
    update: {
      ruleId: 404,
      fields: { name: 'r', when: 'received', quietMinutes: 2, conditions: [], serverIds: [404], priority: 'normal' },
    },
    delete: { ruleId: 404 },
    switch: { ruleId: 404, isOn: true },
    try: { conditions: [{ field: 'Modality', test: 'is', value: 'CT' }], serverIds: [] },
    firings: {},
  },
  notices: { watch: {}, preferences: {}, prefer: { isOn: true } },
  notifications: { watch: {}, makeSecret: { serverId: 404 }, forgetSecret: { serverId: 404 } },
  associations: { list: { kind: 'all' }, details: { associationId: 'none' }, watch: { kind: 'refused', limit: 10 } },
  practice: {
    state: {},
    makeRequest: { kind: 'ct' },
    askWorklist: {},
    examine: { key: '1.2.3/1' },
    remove: {},
  },
  quarantine: { list: {}, accept: { quarantineId: 404 }, delete: { quarantineIds: [404] } },
  settings: {
    watch: {},
    update: { theme: 'light' },
    confirm: { aeTitle: 'WALKER', dicomPort: 1, accept: 'known' },
    checkPort: { port: 11112 },
    addresses: {},
    checkFolder: { folder },
    relocate: { folder: 'relative/is/not/allowed', how: 'start-new' },
    status: {},
    addDemoStudies: {},
    about: {},
  },
  certificates: {
    watch: {},
    create: { commonName: 'walker', names: ['localhost', '127.0.0.1'], years: 1 },
    importOwn: { files: ['bm9pc2U='], password: '' },
    removeOwn: {},
    exportOwn: {},
    request: { commonName: 'walker', names: ['localhost'] },
    addAuthorities: { file: 'bm9pc2U=' },
    removeAuthority: { fingerprint: Array(32).fill('AB').join(':') },
    exportAuthority: { fingerprint: Array(32).fill('AB').join(':') },
    look: { host: '127.0.0.1', port: 1, expectedName: '' },
  },
  worklist: {
    board: days,
    create: request,
    update: { orderId: 404, content: request },
    cancel: { orderId: 404 },
    reopen: { orderId: 404 },
    start: { orderId: 404 },
    complete: { orderId: 404 },
    discontinue: { orderId: 404 },
    attach: { orderId: 404, studyId: 404 },
    leave: { studyId: 404 },
    tellAgain: { orderId: 404 },
    leaveStep: { sopInstanceUID: '1.2.3' },
    findPatients: { text: 'rex' },
    patients: { text: '', offset: 0, limit: 50 },
    patientStudies: { patientRef: 404 },
    breeds: { species: 'Dog', text: 'lab' },
    devices: {},
    procedures: {},
    saveProcedure: { procedureId: null, description: 'Tail, 2 views', modality: 'DX', code: null },
    deleteProcedure: { procedureId: 404 },
    askServer: { serverId: 404, ...days },
    take: {
      serverId: 404,
      serverName: 'Nobody',
      key: '1.2.3/1',
      content: request,
      accessionNumber: '',
      studyInstanceUID: '1.2.3',
      requestedProcedureID: '',
      scheduledProcedureStepID: '',
    },
    inputs: { limit: 10 },
    makeOrderToken: {},
  },
})

let folder: string
let workstation: Workstation
let page: PageServer
const wires: Wire[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'workstation-'))
  workstation = await openWorkstation({
    dataFolder: join(folder, 'data'),
    overrides: { aeTitle: 'WALKER', dicomPort: 0, bindAddress: '127.0.0.1', ...checksOf('any') },
    rebuildIndex: false,
    host: 'headless',
  })
  page = await bindPage(0)
  page.start({ pageFile: async () => undefined, workstation })
}, 240_000)

afterAll(async () => {
  for (const wire of wires) wire.close()
  await page.close()
  await workstation.close(0)
  await rm(folder, { recursive: true, force: true })
})

const open: Record<string, () => Promise<Wire>> = {
  memory: async () => {
    const [ours, theirs] = memoryWires()
    workstation.serve(theirs)
    return ours
  },
  MessagePort: async () => {
    const { port1, port2 } = new MessageChannel()
    workstation.serve(messagePortWire(port2))
    return messagePortWire(port1)
  },
  WebSocket: async () => {
    const token = new URL(page.url).hash.replace('#token=', '')
    const origin = `http://127.0.0.1:${page.port}`
    const session = await fetch(`${origin}/session`, { method: 'POST', body: JSON.stringify({ token }) })
    const cookie = session.headers.get('set-cookie')?.split(';')[0] ?? ''
    const socket = new WebSocket(`ws://127.0.0.1:${page.port}/wire`, { headers: { cookie, origin } })
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
    return socketWire(socket)
  },
}

function messagePortWire(port: MessageChannel['port1']): Wire {
  return {
    send: (message) => port.postMessage(message),
    onMessage: (listener) => void port.on('message', listener),
    onClose: (listener) => void port.on('close', listener),
    close: () => port.close(),
  }
}

const codes = [
  'not-found',
  'invalid-input',
  'unreachable',
  'rejected',
  'dimse-failure',
  'cancelled',
  'disconnected',
  'busy',
]

describe.each(Object.keys(open))('over %s', (name) => {
  test('every operation answers, or fails with a sentence of the closed set', async () => {
    const wire = await open[name]!()
    wires.push(wire)
    const client = createClient(contract, wire) as Client<WorkstationContract>
    const table = inputs(folder) as Record<string, Record<string, unknown>>
    for (const [feature, verbs] of Object.entries(contract)) {
      for (const [verb, operation] of Object.entries(verbs) as [string, Operation][]) {
        const call = (client as unknown as Record<string, Record<string, Call>>)[feature]![verb]!
        const input = table[feature]![verb]
        const answer = operation.kind === 'stream' ? first((options) => call(input, options)) : call(input)
        await Promise.resolve(answer).catch((error: ApiError) => {
          expect(codes, `${feature}.${verb}: ${error.message}`).toContain(error.code)
          expect(error.message).toMatch(/[.?]$/)
        })
      }
    }
  }, 240_000)
})

type Call = (input: unknown, options?: { signal: AbortSignal }) => unknown

/** The first item of a stream; one that stays silent while nothing happens (changes) is cancelled after a moment. */
async function first(begin: (options: { signal: AbortSignal }) => unknown): Promise<unknown> {
  const abort = new AbortController()
  const timer = setTimeout(() => abort.abort(), 300)
  try {
    for await (const item of begin({ signal: abort.signal }) as AsyncIterable<unknown>) return item
  } finally {
    clearTimeout(timer)
  }
  return undefined
}

test('the same workstation cannot be opened twice on one folder', async () => {
  const again = openWorkstation({
    dataFolder: join(folder, 'data'),
    overrides: {},
    rebuildIndex: false,
    host: 'headless',
  })
  await expect(again).rejects.toThrow('Another Negatoscope')
})
