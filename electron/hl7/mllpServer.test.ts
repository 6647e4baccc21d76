import { connect } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { temporaryFolder } from '#electron/archive/archiveFixture.ts'
import { type Archive, openArchive } from '#electron/archive/openArchive.ts'
import { framed } from './frames.ts'
import { MllpServer } from './mllpServer.ts'

let folder: ReturnType<typeof temporaryFolder>
let archive: Archive
let server: MllpServer
beforeEach(async () => {
  folder = temporaryFolder()
  archive = await openArchive(folder.path)
  server = await MllpServer.listen(archive, { port: 0, host: '127.0.0.1' })
})
afterEach(async () => {
  await server.close()
  await archive.close()
  folder.remove()
})

const ORM = [
  'MSH|^~\\&|VETDESK|CLINIC|NEGATOSCOPE||20261121093000||ORM^O01|MSG1|P|2.5.1||||||UNICODE UTF-8',
  'PID|1||VET0007^^^CLINIC^PI~276098102345678^^^ISO^CHIP||Sato^Rex||20180301|MN|||||||||||||||||||||||||||Canine|Beagle',
  'NK1|1|Sato^Ren|OWN',
  'ORC|NW|PLACER7',
  'OBR|1|PLACER7||THX2^Thorax, 2 views^99NGTS|||||||||coughs \\T\\ sneezes|||77^Weiß^Paula||ACC7||||||DX|||^^^202611211030^^S',
  'ZDS|1.2.826.0.1.7^NEGATOSCOPE^Application^DICOM',
]

/** Sends bytes and gives the acknowledgements, one for each that is expected. */
function exchange(bytes: Buffer, answers: number): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const socket = connect(server.port, '127.0.0.1', () => socket.write(bytes))
    let text = ''
    socket.on('data', (chunk) => {
      text += chunk.toString('utf8')
      const found = text.split('\x1c\r').slice(0, -1)
      if (found.length < answers) return
      socket.destroy()
      resolve(found)
    })
    socket.on('error', reject)
    socket.on('close', () => reject(new Error('The connection ended without an answer')))
  })
}
const codes = (answers: string[]) => answers.map((each) => /MSA\|(\w\w)\|/.exec(each)?.[1])
const message = (lines: string[]) => framed(lines.join('\r'))

describe('an order by HL7', () => {
  test('names an animal after its owner where the message does not', async () => {
    const named = [
      ['Rex', 'Sato^Ren', 'Sato^Rex'],
      ['^Rex', 'Sato^Ren', 'Sato^Rex'],
      ['Sato^Rex', 'Kim^Mina', 'Sato^Rex'],
      ['^Rex', '', '^Rex'],
    ] as const
    for (const [at, [name, owner]] of named.entries()) {
      const lines = ORM.map((line) => line.replace('Sato^Rex', name).replace('Sato^Ren', owner))
      const own = lines.map((line) => line.replaceAll('PLACER7', `P${at}`).replaceAll('VET0007', `V${at}`))
      expect(codes(await exchange(message(own), 1))).toEqual(['AA'])
    }
    const { cards } = await archive.reader.board('20261121', '20261121')
    const names = new Map(cards.map(({ order: { patient } }) => [patient.patientId, patient.patientName]))
    expect(named.map((_, at) => names.get(`V${at}`))).toEqual(named.map(([, , expected]) => expected))
  })

  test('is a request with patient, owner, microchip, procedure and time, kept before it is acknowledged', async () => {
    const [answer = ''] = await exchange(message(ORM), 1)
    expect(answer).toContain('MSA|AA|MSG1|')
    const { cards } = await archive.reader.board('20261121', '20261121')
    expect(cards[0]?.order).toMatchObject({
      accessionNumber: 'ACC7',
      studyInstanceUID: '1.2.826.0.1.7',
      source: { kind: 'hl7', name: 'VETDESK, CLINIC' },
      patient: {
        ...{ kind: 'animal', patientName: 'Sato^Rex', patientId: 'VET0007', sex: 'M', neutered: 'ALTERED' },
        ...{ species: 'Canine', breed: 'Beagle', responsiblePerson: 'Sato^Ren', microchip: '276098102345678' },
      },
      request: {
        ...{ procedure: 'Thorax, 2 views', modality: 'DX', date: '20261121', time: '1030', priority: 'STAT' },
        ...{ history: 'coughs & sneezes', requestedBy: 'Weiß^Paula' },
      },
    })
    expect(await archive.reader.listInputs(10)).toMatchObject([{ outcome: 'created', source: 'VETDESK, CLINIC' }])
  })

  test('that comes again is the same request; changed it is changed, cancelled it is gone', async () => {
    const changed = ORM.map((line) => line.replace('|NW|', '|XO|').replace('202611211030', '202611211145'))
    const cancelled = ORM.map((line) => line.replace('|NW|', '|CA|'))
    expect(codes(await exchange(Buffer.concat([message(ORM), message(ORM), message(changed)]), 3))).toEqual([
      'AA',
      'AA',
      'AA',
    ])
    const { cards } = await archive.reader.board('20261121', '20261121')
    expect(cards.map(({ order }) => order.request.time)).toEqual(['1145'])
    expect(
      codes(
        await exchange(
          Buffer.concat([
            message(cancelled),
            message(ORM.map((line) => line.replace('NW', 'CA').replaceAll('PLACER7', 'NONE'))),
          ]),
          2,
        ),
      ),
    ).toEqual(['AA', 'AE'])
    expect((await archive.reader.board('20261121', '20261121')).cards).toEqual([])
  })

  test.each([
    ['other delimiters', ORM.map((line) => line.replaceAll('|', '#').replaceAll('^', '@').replace('@~', '@~')), 'AA'],
    ['Latin-1 bytes', ORM, 'AA'],
    ['no delimiters', ['MSH', ...ORM.slice(1)], 'AR'],
    ['equal delimiters', [ORM[0]?.replace('^~\\&', '^^^^') ?? '', ...ORM.slice(1)], 'AR'],
    ['no MSH', ORM.slice(1), 'AR'],
    ['another type', [ORM[0]?.replace('ORM^O01', 'ADT^A01') ?? ''], 'AR'],
    ['no order number', ORM.map((line) => line.replaceAll('PLACER7', '')), 'AE'],
    ['no patient', ORM.map((line) => line.replace('Sato^Rex', '')), 'AE'],
    ['a control that changes nothing', ORM.map((line) => line.replace('|NW|', '|SC|')), 'AA'],
  ])('with %s is answered, and stands in the list', async (name, lines, expected) => {
    const bytes = name === 'Latin-1 bytes' ? latin1(lines) : message(lines)
    expect(codes(await exchange(bytes, 1))).toEqual([expected])
    expect(await archive.reader.listInputs(10)).toHaveLength(1)
  })

  test('of 10 MB is refused, and the next one on the same connection is taken', async () => {
    const huge = message([...ORM, `NTE|1||${'x'.repeat(10 * 1024 * 1024)}`])
    expect(codes(await exchange(Buffer.concat([huge, message(ORM)]), 2))).toEqual(['AR', 'AA'])
  })

  test('that a sender broke off and began anew is not mixed with the next one', async () => {
    const other = ORM.map((line) => line.replace('VET0007', 'VET0009').replace('Sato^Rex', 'Kim^Miso'))
    const half = message(other.map((line) => line.replaceAll('PLACER7', 'PLACER9'))).subarray(0, 260)
    expect(codes(await exchange(Buffer.concat([half, message(ORM)]), 1))).toEqual(['AA'])
    const { cards } = await archive.reader.board('20261121', '20261121')
    expect(cards.map(({ order }) => [order.patient.patientId, order.patient.patientName])).toEqual([
      ['VET0007', 'Sato^Rex'],
    ])
    expect((await archive.reader.listInputs(10)).map(({ outcome }) => outcome)).toEqual(['created', 'refused'])
    const glued = framed([...other.slice(0, 3), ...ORM].join('\r'))
    expect(codes(await exchange(glued, 1))).toEqual(['AR'])
  })

  test('in the code page that MSH-18 names has the right letters', async () => {
    const polish = ORM.map((line) =>
      line.replace('UNICODE UTF-8', '8859/2').replace('Sato^Rex', 'Wo\u0142ek^\u0141atka'),
    )
    const bytes = Buffer.from(polish.join('\r'), 'latin1')
    // l and L with stroke: 0xB3 and 0xA3 in ISO 8859-2; `latin1` writes the low byte of U+0142 and U+0141
    for (const [at, byte] of bytes.entries()) bytes[at] = byte === 0x42 && bytes[at - 1] === 0x6f ? 0xb3 : byte
    const whole = Buffer.concat([Buffer.of(0x0b), bytes, Buffer.of(0x1c, 0x0d)])
    expect(codes(await exchange(whole, 1))).toEqual(['AA'])
    const { cards } = await archive.reader.board('20261121', '20261121')
    expect(cards[0]?.order.patient.patientName).toContain('Wo\u0142ek')
  })

  test('cut off leaves nothing, and noise between messages is passed over', async () => {
    const whole = message(ORM)
    expect(codes(await exchange(Buffer.concat([Buffer.from('noise\r\n'), whole, whole.subarray(0, 90)]), 1))).toEqual([
      'AA',
    ])
    expect((await archive.reader.board('20261121', '20261121')).cards).toHaveLength(1)
    await expect.poll(async () => (await archive.reader.listInputs(10))[0]?.sentence).toContain('broke off')
  })
})

describe('a message with several orders', () => {
  const head = ORM.slice(0, 3)
  const obr = (number: string, code: string, modality: string, time: string) =>
    `OBR|1|${number}||${code}^${code}^L||||||||||||||||||||${modality}|||^^^20261121${time}^^R`
  const requests = async () =>
    (await archive.reader.board('20261121', '20261121')).cards.map(({ order }) => {
      const { accessionNumber, studyInstanceUID, request } = order
      return [request.procedure, request.time, accessionNumber, studyInstanceUID]
    })

  test('gives each its own IPC and TQ1', async () => {
    const omi = [
      ...head.map((line) => line.replace('ORM^O01', 'OMI^O23')),
      ...['ORC|NW|A1', 'TQ1|||||||202611210800||R', 'OBR|1|A1||THORAX^THORAX^L'],
      ...['IPC|ACCA|RP1|1.2.3.1|S1|DX', 'IPC|ACCA|RP1|1.2.3.1|S2|DX'],
      ...['ORC|NW|B1', 'TQ1|||||||202611210900||R', 'OBR|2|B1||SPINE^SPINE^L', 'IPC|ACCB|RP2|1.2.3.2|S3|DX'],
    ]
    expect(codes(await exchange(message(omi), 1))).toEqual(['AA'])
    expect(await requests()).toEqual([
      ['THORAX', '0800', 'ACCA', '1.2.3.1'],
      ['SPINE', '0900', 'ACCB', '1.2.3.2'],
    ])
  })

  test('loses none where several share one ORC', async () => {
    const orm = [...head, 'ORC|NW|G1', obr('G1', 'THORAX', 'DX', '0800'), obr('G2', 'ABDOMEN', 'US', '0830')]
    const shared = [...orm, obr('G1', 'SPINE', 'DX', '0900').replace('OBR|1|', 'OBR|3|'), 'ZDS|1.2.3.9^X']
    for (let turn = 0; turn < 2; turn += 1) expect(codes(await exchange(message(shared), 1))).toEqual(['AA'])
    expect((await requests()).map(([name, time, , study]) => [name, time, study])).toEqual([
      ['THORAX', '0800', '1.2.3.9'],
      ['ABDOMEN', '0830', '1.2.3.9'],
      ['SPINE', '0900', '1.2.3.9'],
    ])
  })

  test('cancels one and makes the other', async () => {
    expect(codes(await exchange(message([...head, 'ORC|NW|C1', obr('C1', 'THORAX', 'DX', '0800')]), 1))).toEqual(['AA'])
    const both = [...head, 'ORC|CA|C1', 'ORC|NW|C2', obr('C2', 'SPINE', 'DX', '0900')]
    expect(codes(await exchange(message(both), 1))).toEqual(['AA'])
    expect((await requests()).map(([name]) => name)).toEqual(['SPINE'])
  })

  test('makes nothing of the earlier results that come with them', async () => {
    const omg = [
      ...head.map((line) => line.replace('ORM^O01', 'OMG^O19')),
      'ORC|NW|E1',
      obr('E1', 'THORAX', 'DX', '0800'),
    ]
    const earlier = [ORM[1]?.replace('VET0007', 'OLD1') ?? '', obr('E0', 'SPINE', 'MR', '0900'), 'OBX|1|TX|R||healthy']
    expect(codes(await exchange(message([...omg, ...earlier]), 1))).toEqual(['AA'])
    expect((await requests()).map(([name]) => name)).toEqual(['THORAX'])
  })

  test('is refused as a whole where there are more than are read', async () => {
    const many = Array.from({ length: 21 }, (_, at) => [`ORC|NW|M${at}`, obr(`M${at}`, 'THORAX', 'DX', '0800')]).flat()
    expect(codes(await exchange(message([...head, ...many]), 1))).toEqual(['AE'])
    expect(await requests()).toEqual([])
  })
})

describe('an order whose examination has begun', () => {
  const begin = async () => {
    await exchange(message(ORM), 1)
    const { cards } = await archive.reader.board('20261121', '20261121')
    const orderId = cards[0]?.order.orderId ?? 0
    await archive.writer.setOrderState(orderId, 'completed')
    return orderId
  }

  test('stays with its patient when its number is used again for another', async () => {
    const orderId = await begin()
    const next = ORM.map((line) => line.replace('VET0007', 'VET0008').replace('Sato^Rex', 'Kim^Miso'))
    expect(codes(await exchange(message(next), 1))).toEqual(['AA'])
    const { cards } = await archive.reader.board('20261121', '20261121')
    expect(cards.map(({ order }) => [order.orderId === orderId, order.patient.patientId, order.state])).toEqual([
      [true, 'VET0007', 'completed'],
      [false, 'VET0008', 'scheduled'],
    ])
  })

  test('cannot be cancelled, and the sender hears of it', async () => {
    const orderId = await begin()
    expect(codes(await exchange(message(ORM.map((line) => line.replace('|NW|', '|CA|'))), 1))).toEqual(['AE'])
    expect((await archive.reader.getOrder(orderId))?.state).toBe('completed')
    expect((await archive.writer.setOrderState(orderId, 'cancelled'))?.state).toBe('completed')
  })
})

function latin1(lines: string[]): Buffer {
  return Buffer.concat([Buffer.of(0x0b), Buffer.from(lines.join('\r'), 'latin1'), Buffer.of(0x1c, 0x0d)])
}
