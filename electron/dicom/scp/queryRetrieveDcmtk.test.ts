import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { writePart10 } from '#electron/demo/writePart10.ts'
import { readHeaderFromFile } from '../part10/readHeader.ts'
import { hasDcmtk, runTool, startTool } from '../testing/dcmtk.ts'
import { freePort } from '../testing/freePort.ts'
import { openTestNode, peerAt, type TestNode } from '../testing/testNode.ts'
import { ctDataSet } from '../testing/testObject.ts'

/** DCMTK 3.6.7 as SCU of our query/retrieve SCP. */
let here: TestNode
let folder = ''
let target = ''
let stop: () => Promise<void> = async () => {}
const study = '1.2.826.0.1.3680043.2.1.1'
const uids = ['1.2.826.1.1', '1.2.826.1.2', '1.2.826.1.3']

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'negatoscope-qr-'))
  target = join(folder, 'moved')
  mkdirSync(target)
  const port = await freePort()
  here = await openTestNode({ destinations: [peerAt(port, { calledAETitle: 'STORESCP' })] })
  ;({ stop } = await startTool('storescp', ['--fork', '+xa', '+B', '-od', target, String(port)], port))
  const files = uids.map((uid, at) => {
    const file = join(folder, `${at}.dcm`)
    const dataSet = ctDataSet(uid, {
      InstanceNumber: String(at + 1),
      SpecificCharacterSet: 'ISO_IR 192',
      PatientName: 'Müller^Jörg',
    })
    writeFileSync(file, writePart10({ dataSet }))
    return file
  })
  const { code, output } = await runTool('storescu', ['127.0.0.1', String(here.port), ...files])
  if (code !== 0) throw new Error(output)
})
afterEach(async () => {
  await stop()
  await here.close()
  rmSync(folder, { recursive: true, force: true })
})

const ask = (tool: string, options: string[], keys: string[]) =>
  runTool(tool, ['-v', ...options, '127.0.0.1', String(here.port), ...keys.flatMap((key) => ['-k', key])])
const dataSetOf = (path: string) => readFileSync(path).subarray(readHeaderFromFile(path).dataSetOffset)

describe.skipIf(!hasDcmtk)('DCMTK asks us', () => {
  test.each([
    ['explicit', '-xe'],
    ['big endian', '-xb'],
    ['implicit', '-xi'],
  ])('findscu finds at every level (%s)', async (_, syntax) => {
    const levels: [string[], string[], string][] = [
      [['-P'], ['QueryRetrieveLevel=PATIENT', 'PatientID=W*', 'PatientName'], 'W1'],
      [['-S'], ['QueryRetrieveLevel=STUDY', 'PatientName=M*', 'StudyInstanceUID', 'ModalitiesInStudy'], study],
      [['-P'], ['QueryRetrieveLevel=STUDY', 'PatientID=W1', 'StudyInstanceUID'], study],
      [
        ['-S'],
        ['QueryRetrieveLevel=SERIES', `StudyInstanceUID=${study}`, 'SeriesInstanceUID'],
        '1.2.826.0.1.3680043.2.1.2',
      ],
      [
        ['-S'],
        [
          'QueryRetrieveLevel=IMAGE',
          `StudyInstanceUID=${study}`,
          'SeriesInstanceUID=1.2.826.0.1.3680043.2.1.2',
          'SOPInstanceUID',
          'InstanceNumber=2',
        ],
        '1.2.826.1.2',
      ],
    ]
    for (const [model, keys, wanted] of levels) {
      const { code, output } = await ask('findscu', [...model, syntax], keys)
      expect(code, output).toBe(0)
      expect(output).toContain('Received Final Find Response (Success)')
      expect(output).toContain(`[${wanted}`)
      expect(output.match(/Find Response: \d+ \(Pending\)/g)).toHaveLength(1)
    }
  })

  test('findscu reads a name in Latin-1 when it asks in that', async () => {
    const { output } = await ask(
      'findscu',
      ['-S'],
      ['QueryRetrieveLevel=STUDY', 'PatientName', 'SpecificCharacterSet=ISO_IR 100'],
    )
    expect(output).toContain('ISO_IR 100')
  })

  test('movescu has the study sent, byte for byte, and hears of what it cannot have', async () => {
    const whole = ['QueryRetrieveLevel=STUDY', `StudyInstanceUID=${study}`]
    const { code, output } = await ask('movescu', ['-S', '-aem', 'STORESCP'], whole)
    expect(code, output).toBe(0)
    expect(output).toContain('Received Final Move Response (Success)')
    const received = readdirSync(target)
    expect(received).toHaveLength(3)
    for (const uid of uids) {
      const name = received.find((each) => each.endsWith(uid)) ?? ''
      expect(await here.storedDataSet(uid)).toEqual(dataSetOf(join(target, name)))
    }
    expect((await ask('movescu', ['-S', '-aem', 'NOBODY'], whole)).output).toContain('MoveDestinationUnknown')
    await stop()
    expect((await ask('movescu', ['-S', '-aem', 'STORESCP'], whole)).output).toMatch(/OutOfResourcesSubOperations/)
  })

  test('getscu gets the study on its own association, byte for byte', async () => {
    const { code, output } = await ask(
      'getscu',
      ['-S', '+B', '-od', target],
      ['QueryRetrieveLevel=STUDY', `StudyInstanceUID=${study}`],
    )
    expect(code, output).toBe(0)
    expect(output).toMatch(/Completed Suboperations\s*: 3/)
    const received = readdirSync(target)
    expect(received).toHaveLength(3)
    for (const uid of uids) {
      const name = received.find((each) => each.endsWith(uid)) ?? ''
      expect(await here.storedDataSet(uid)).toEqual(dataSetOf(join(target, name)))
    }
  })

  test('getscu and movescu take single images by a list', async () => {
    const keys = [
      'QueryRetrieveLevel=IMAGE',
      `StudyInstanceUID=${study}`,
      'SeriesInstanceUID=1.2.826.0.1.3680043.2.1.2',
      `SOPInstanceUID=${uids[0]}\\${uids[2]}`,
    ]
    expect((await ask('getscu', ['-S', '-od', target], keys)).output).toMatch(/Completed Suboperations\s*: 2/)
    expect((await ask('movescu', ['-S', '-aem', 'STORESCP'], keys)).code).toBe(0)
  })
})
