import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { writePart10 } from '#electron/demo/writePart10.ts'
import { TRANSFER_SYNTAXES } from '#shared/dicom/transferSyntax.ts'
import type { Match, SendOutcome } from './nodeApi.ts'
import { readHeaderFromFile } from './part10/readHeader.ts'
import { echo } from './scu/echo.ts'
import { find } from './scu/find.ts'
import { move } from './scu/move.ts'
import { send } from './scu/send.ts'
import { hasDcmtk, runTool, startTool } from './testing/dcmtk.ts'
import { freePort } from './testing/freePort.ts'
import { openTestNode, peerAt, type TestNode } from './testing/testNode.ts'
import { ctDataSet, storedFile } from './testing/testObject.ts'

const signal = () => new AbortController().signal
let folder = ''
let here: TestNode
const stopping: (() => Promise<void>)[] = []

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'negatoscope-dcmtk-'))
  here = await openTestNode()
})
afterEach(async () => {
  for (const stop of stopping.splice(0)) await stop()
  await here.close()
  rmSync(folder, { recursive: true, force: true })
})

const dataSetOf = (path: string) => readFileSync(path).subarray(readHeaderFromFile(path).dataSetOffset)

async function storescp(): Promise<{ port: number; folder: string }> {
  const port = await freePort()
  const target = join(folder, 'received')
  mkdirSync(target)
  // Bit preserving, and every transfer syntax that it knows.
  const { stop } = await startTool('storescp', ['--fork', '+xa', '+B', '-od', target, String(port)], port)
  stopping.push(stop)
  return { port, folder: target }
}

async function dcmqrscp(): Promise<number> {
  const port = await freePort()
  const store = join(folder, 'qr')
  mkdirSync(store)
  const configuration = [
    `NetworkTCPPort = ${port}`,
    'MaxPDUSize = 16384',
    'MaxAssociations = 16',
    'HostTable BEGIN',
    `here = (NEGATOSCOPE, 127.0.0.1, ${here.port})`,
    'HostTable END',
    'VendorTable BEGIN',
    'VendorTable END',
    'AETable BEGIN',
    `QRSCP ${store} RW (200, 1024mb) ANY`,
    'AETable END',
  ]
  writeFileSync(join(folder, 'dcmqrscp.cfg'), `${configuration.join('\n')}\n`)
  const { stop } = await startTool('dcmqrscp', ['-c', join(folder, 'dcmqrscp.cfg')], port)
  stopping.push(stop)
  return port
}

describe.skipIf(!hasDcmtk)('with DCMTK', () => {
  test('echoscu is answered', async () => {
    const { code } = await runTool('echoscu', ['127.0.0.1', String(here.port)])
    expect(code).toBe(0)
  })

  test('what storescu sends is stored with the data set bytes that storescp +B writes', async () => {
    const scp = await storescp()
    const syntaxes = ['1.2.840.10008.1.2', '1.2.840.10008.1.2.1', '1.2.840.10008.1.2.2', '1.2.840.10008.1.2.1.99']
    const options = ['-xi', '-xe', '-xb', '-xd']
    for (const [i, transferSyntaxUID] of syntaxes.entries()) {
      const sopInstanceUID = `1.2.826.0.1.3680043.2.${i + 1}`
      const file = join(folder, 'one.dcm')
      writeFileSync(file, writePart10({ transferSyntaxUID, dataSet: ctDataSet(sopInstanceUID) }))
      for (const port of [here.port, scp.port]) {
        const { code, output } = await runTool('storescu', [options[i] ?? '', '127.0.0.1', String(port), file])
        expect(output).toBe('')
        expect(code).toBe(0)
      }
      const theirs = readdirSync(scp.folder).find((name) => name.endsWith(sopInstanceUID))
      const ours = await here.storedDataSet(sopInstanceUID)
      expect(
        ours?.equals(dataSetOf(join(scp.folder, theirs ?? ''))),
        TRANSFER_SYNTAXES.get(transferSyntaxUID)?.name,
      ).toBe(true)
    }
  })

  test('storescu with many small PDUs and without TCP_NODELAY gets through', async () => {
    const files = [1, 2, 3].map((id) => storedFile(id).path)
    const { code } = await runTool('storescu', [
      '-pdu',
      '4096',
      '--max-send-pdu',
      '4096',
      '127.0.0.1',
      String(here.port),
      ...files,
    ])
    expect(code).toBe(0)
    expect((await here.archive.reader.totals()).instances).toBe(3)
  })

  test('storescp receives what we send, byte for byte', async () => {
    const scp = await storescp()
    const files = [1, 2, 3].map((id) => storedFile(id))
    const outcomes: SendOutcome[] = []
    for await (const outcome of send(peerAt(scp.port), files, signal())) outcomes.push(outcome)
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['success', 'success', 'success'])
    for (const { path, sopInstanceUID } of files) {
      const name = readdirSync(scp.folder).find((entry) => entry.endsWith(sopInstanceUID)) ?? ''
      expect(dataSetOf(join(scp.folder, name)).equals(dataSetOf(path))).toBe(true)
    }
  })

  test('dcmqrscp is echoed, filled, queried on three levels, and moves to us', async () => {
    const port = await dcmqrscp()
    const peer = peerAt(port, { calledAETitle: 'QRSCP' })
    expect((await echo(peer, signal())).implementation).toContain('OFFIS')
    const files = [1, 2, 3].map((id) => storedFile(id))
    for await (const { outcome } of send(peer, files, signal())) expect(outcome).toBe('success')

    const found = async (level: 'STUDY' | 'SERIES' | 'IMAGE', keys: Record<string, string>) => {
      const list: Match[] = []
      for await (const match of find(peer, { level, keys }, signal())) list.push(match)
      return list
    }
    const StudyInstanceUID = '1.2.826.0.1.3680043.2.1.1'
    const studies = await found('STUDY', {
      PatientName: 'Test*',
      StudyInstanceUID: '',
      NumberOfStudyRelatedInstances: '',
    })
    expect(studies).toMatchObject([{ PatientName: 'Test^Wire', StudyInstanceUID }])
    const [series] = await found('SERIES', { StudyInstanceUID, SeriesInstanceUID: '', Modality: '' })
    expect(series).toMatchObject({ Modality: 'CT' })
    const SeriesInstanceUID = series?.SeriesInstanceUID ?? ''
    const images = await found('IMAGE', { StudyInstanceUID, SeriesInstanceUID, SOPInstanceUID: '' })
    expect(images.map(({ SOPInstanceUID }) => SOPInstanceUID).sort()).toEqual(
      files.map((file) => file.sopInstanceUID).sort(),
    )

    const progress = []
    const request = { level: 'STUDY' as const, destination: 'NEGATOSCOPE', studyInstanceUID: StudyInstanceUID }
    for await (const step of move(peer, request, signal())) progress.push(step)
    expect(progress.at(-1)).toMatchObject({ final: true, status: 0, completed: 3, failed: 0 })
    expect((await here.archive.reader.totals()).instances).toBe(3)
    expect((await here.seen('instanceReceived', 3))[0]).toMatchObject({
      moveOriginatorAETitle: 'NEGATOSCOPE',
      outcome: 'stored',
    })

    const nowhere = []
    for await (const step of move(peer, { ...request, destination: 'NOBODY' }, signal())) nowhere.push(step)
    expect(nowhere.at(-1)).toMatchObject({ final: true, status: 0xa801 })
  })
})
