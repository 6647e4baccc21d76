import { createClient } from '#shared/contract/client.ts'
import { contract } from '#shared/contract/index.ts'
import { createServer, type Handlers } from '#shared/contract/serve.ts'
import { memoryWires } from '#shared/contract/wire.ts'
import { blankImage } from '#shared/imaging/blankImage.ts'
import type { InstanceImage } from '#shared/imaging/instanceImage.ts'
import { useConnection } from '../api/connection.ts'
import type { Picture } from './cornerstone.ts'

type Served = Pick<typeof contract, 'measurements' | 'studies'>

/** For tests: an image of 100 by 100 pixels of no known size. */
export function plainImage(change: Partial<InstanceImage> = {}): InstanceImage {
  return {
    ...blankImage,
    sopClassUID: '1.2.840.10008.5.1.4.1.1.7',
    sopInstanceUID: '1.2.3',
    transferSyntaxUID: '1.2.840.10008.1.2.1',
    modality: 'OT',
    instanceNumber: 1,
    rows: 100,
    columns: 100,
    samples: { type: 'uint8', inverted: false },
    bitsStored: 8,
    ...change,
  }
}

/** For tests: it as a tile has it. */
export function pictureOf(image: InstanceImage, instanceId: number): Picture {
  return { key: `neg:${instanceId}:0`, image, frame: 0, samples: new Uint8Array(image.rows * image.columns) }
}

/** For tests: the page is connected to a workstation that answers these, through the real contract. */
export function connectTo(answers: {
  measurements?: Partial<Handlers<Served>['measurements']>
  studies?: Partial<Handlers<Served>['studies']>
}): void {
  const refuse = () => {
    throw new Error('Nobody answers this here')
  }
  const every = (verbs: object) => Object.fromEntries(Object.keys(verbs).map((verb) => [verb, refuse]))
  const [page, host] = memoryWires()
  const served = { measurements: contract.measurements, studies: contract.studies }
  createServer(served, {
    measurements: { ...every(contract.measurements), ...answers.measurements },
    studies: { ...every(contract.studies), ...answers.studies },
  } as Handlers<Served>)(host)
  useConnection.setState({ state: 'open', client: createClient(contract, page) })
}
