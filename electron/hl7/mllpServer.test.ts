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

  test('cut off leaves nothing, and noise between messages is passed over', async () => {
    const whole = message(ORM)
    expect(codes(await exchange(Buffer.concat([Buffer.from('noise\r\n'), whole, whole.subarray(0, 90)]), 1))).toEqual([
      'AA',
    ])
    expect((await archive.reader.board('20261121', '20261121')).cards).toHaveLength(1)
  })
})

function latin1(lines: string[]): Buffer {
  return Buffer.concat([Buffer.of(0x0b), Buffer.from(lines.join('\r'), 'latin1'), Buffer.of(0x1c, 0x0d)])
}
