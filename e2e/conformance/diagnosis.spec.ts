import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import type { DiagnosisStage, DiagnosisStep } from '#shared/contract/diagnosis.ts'
import type { ServerFields } from '#shared/contract/servers.ts'
import { dcmsend, startDcmqrscp, startStorescp } from '../peers/dcmtk.ts'
import { startOrthanc } from '../peers/orthanc.ts'
import type { Peer } from '../peers/peer.ts'
import { find } from '../run/debianPackages.ts'
import { addServer } from '../workstation/addServer.ts'
import { temporaryFolder } from '../workstation/temporaryFolder.ts'
import { type Secured, secured, verified } from './secured.ts'

test.skip(!find('storescp') || !find('Orthanc'), 'needs dcmtk and orthanc')

type StepResult = DiagnosisStep['result']
type Results = Partial<Record<DiagnosisStage, StepResult>>
const reached: Results = {
  network: 'pass',
  name: 'pass',
  route: 'pass',
  port: 'pass',
  association: 'pass',
  echo: 'pass',
}

/** Every stage of the test, with a test image and a rehearsal of the retrieve. */
async function stagesOf({ connection }: Secured, peer: Peer, more: Partial<ServerFields> = {}): Promise<Results> {
  const { ask } = connection
  const serverId = await addServer(ask, { name: 'Peer', aeTitle: peer.aeTitle, port: peer.port, ...more })
  const options = { testImage: true, rehearseRetrieve: true }
  let steps: { stage: DiagnosisStage; result: StepResult }[] = []
  for await (const run of ask.diagnosis.run({ serverId, options })) steps = run.steps
  await ask.servers.delete({ serverId })
  return Object.fromEntries(steps.map(({ stage, result }) => [stage, result]))
}

test('the diagnosis of Orthanc, Orthanc over TLS, dcmqrscp and storescp is right and complete', async () => {
  using folder = temporaryFolder()
  const place = (name: string) => join(folder.path, name)
  await secured(folder.path, {}, async (all) => {
    const { own, tls, files, certificates } = all
    const some = files.slice(0, 3)
    {
      await using orthanc = await startOrthanc(place('orthanc'), [own])
      await dcmsend(orthanc, some)
      const whole = {
        ...reached,
        contexts: 'pass',
        find: 'pass',
        storage: 'pass',
        'test-image': 'pass',
        retrieve: 'pass',
      }
      expect(await stagesOf(all, orthanc)).toMatchObject({
        ...whole,
        protocol: 'pass',
        tls: 'not-run',
        rest: 'not-run',
      })
      expect(await stagesOf(all, orthanc, { retrieveBy: 'get' })).toMatchObject(whole)
      // It speaks DICOM without TLS, and is called with.
      expect(await stagesOf(all, orthanc, verified)).toMatchObject({
        port: 'pass',
        protocol: 'fail',
        echo: 'not-run',
      })
      expect(await stagesOf(all, orthanc, { aeTitle: 'ORTHANK' })).toMatchObject({
        ...{ protocol: 'pass', association: 'fail', contexts: 'not-run', retrieve: 'not-run' },
      })
    }
    {
      await using orthanc = await startOrthanc(place('secured'), [tls], certificates)
      for (const file of some) await orthanc.upload(file)
      const listenPort = tls.port
      expect(await stagesOf(all, orthanc, { ...verified, listenPort })).toMatchObject({
        ...{ ...reached, protocol: 'pass', tls: 'pass', contexts: 'pass' },
        ...{ find: 'pass', storage: 'pass', 'test-image': 'pass', retrieve: 'pass' },
      })
      // It speaks TLS, and is called without.
      expect(await stagesOf(all, orthanc)).toMatchObject({ port: 'pass', protocol: 'fail', association: 'not-run' })
      const withoutOurs = { ...verified, clientCertificate: false }
      expect(await stagesOf(all, orthanc, withoutOurs)).toMatchObject({ tls: 'fail', association: 'not-run' })
    }
    {
      await using stranger = await startDcmqrscp(place('stranger'), [])
      await dcmsend(stranger, some)
      // It answers questions and takes images, and has no address for us (A801).
      expect(await stagesOf(all, stranger)).toMatchObject({
        ...reached,
        find: 'pass',
        storage: 'pass',
        retrieve: 'fail',
      })
      expect(await stagesOf(all, stranger, { retrieveBy: 'get' })).toMatchObject({ ...reached, retrieve: 'pass' })
    }
    {
      await using storescp = await startStorescp({ folder: place('storescp') })
      expect(await stagesOf(all, storescp, { queryRetrieve: false })).toMatchObject({
        ...{ ...reached, find: 'not-run', storage: 'pass', retrieve: 'not-run' },
      })
      // Nobody told us that it answers no questions.
      expect(await stagesOf(all, storescp)).toMatchObject({ ...reached, storage: 'pass', retrieve: 'not-run' })
    }
    return ''
  })
})
