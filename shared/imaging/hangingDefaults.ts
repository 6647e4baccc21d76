import { anyMatch, anyTile, type HangingMatch, type HangingProtocol, type HangingTile } from './hangingProtocol.ts'

type Part = Partial<HangingTile>

function shipped(
  id: string,
  name: string,
  match: Partial<HangingMatch>,
  [rows, columns]: readonly [number, number],
  tiles: readonly Part[],
): HangingProtocol {
  return {
    protocolId: `shipped-${id}`,
    name,
    enabled: true,
    match: { ...anyMatch, ...match },
    layout: { rows, columns },
    tiles: tiles.map((tile) => ({ ...anyTile, ...tile })),
    link: 'position',
  }
}

const count = (tiles: number, part: Part = {}): Part[] => Array.from({ length: tiles }, (_, nth) => ({ ...part, nth }))

const FRONTAL = 'PA, AP, frontal'
const LATERAL = 'LL, RL, LAT, lateral'
/** As coded in (0018,5101), and as devices of animal clinics write series. */
const RIGHT_LATERAL = 'RL, RLAT, RLL, right lateral, RT lateral, laterolateral right'
const LEFT_LATERAL = 'LL, LLAT, LLL, left lateral, LT lateral, laterolateral left'
const VENTRODORSAL = 'VD, DV, ventrodorsal, dorsoventral'
const THORAX = 'thorax, chest, heart, lung, lungs'

const breast = (prior: number): Part[] => [
  { prior, view: 'CC', laterality: 'R' },
  { prior, view: 'CC', laterality: 'L' },
  { prior, view: 'MLO', laterality: 'R' },
  { prior, view: 'MLO', laterality: 'L' },
]

/** What a new installation hangs by; the first that fits counts. */
export const shippedProtocols: readonly HangingProtocol[] = [
  shipped(
    'mg-prior',
    'Mammography above the one before',
    { modality: 'MG', view: 'CC, MLO', priors: 1 },
    [2, 4],
    [...breast(0), ...breast(1)],
  ),
  shipped('mg', 'Mammography, four views', { modality: 'MG', view: 'CC, MLO', atLeast: 2 }, [2, 2], breast(0)),
  {
    ...shipped('petct-fused', 'PET over CT', { modality: 'PT + CT' }, [1, 2], [{ modality: 'CT' }, { modality: 'PT' }]),
    fused: true,
  },
  shipped(
    'petct',
    'PET and CT side by side',
    { modality: 'PT + CT' },
    [1, 2],
    [{ modality: 'CT' }, { modality: 'PT' }],
  ),
  shipped(
    'chest-prior',
    'Chest beside the one before',
    { modality: 'CR, DX', bodyPart: THORAX, species: 'person', view: FRONTAL, priors: 1 },
    [1, 3],
    [{ view: FRONTAL }, { view: LATERAL }, { prior: 1, view: FRONTAL }],
  ),
  shipped(
    'chest',
    'Chest, two views',
    { modality: 'CR, DX', bodyPart: THORAX, species: 'person', view: FRONTAL, atLeast: 2 },
    [1, 2],
    [{ view: FRONTAL }, { view: LATERAL }],
  ),
  shipped(
    'vet-thorax-3',
    'Animal thorax, three views',
    { modality: 'CR, DX', bodyPart: THORAX, species: 'animal', view: VENTRODORSAL, atLeast: 3 },
    [1, 3],
    [{ view: RIGHT_LATERAL }, { view: LEFT_LATERAL }, { view: VENTRODORSAL }],
  ),
  shipped(
    'vet-prior',
    'Animal, lateral and straight, above the ones before',
    { modality: 'CR, DX', species: 'animal', view: VENTRODORSAL, atLeast: 2, priors: 1 },
    [2, 2],
    [
      { view: `${RIGHT_LATERAL}, ${LEFT_LATERAL}, LAT, lateral` },
      { view: VENTRODORSAL },
      { prior: 1, view: `${RIGHT_LATERAL}, ${LEFT_LATERAL}, LAT, lateral` },
      { prior: 1, view: VENTRODORSAL },
    ],
  ),
  shipped(
    'vet-two',
    'Animal, lateral and straight',
    { modality: 'CR, DX', species: 'animal', view: VENTRODORSAL, atLeast: 2 },
    [1, 2],
    [{ view: `${RIGHT_LATERAL}, ${LEFT_LATERAL}, LAT, lateral` }, { view: VENTRODORSAL }],
  ),
  shipped('io-9', 'Teeth, full mouth', { modality: 'IO', atLeast: 9 }, [3, 4], count(12)),
  shipped('io-5', 'Teeth, up to eight', { modality: 'IO', atLeast: 5 }, [2, 4], count(8)),
  shipped('io-2', 'Teeth, up to four', { modality: 'IO', atLeast: 2 }, [2, 2], count(4)),
  shipped('cr-3', 'Radiographs, up to four', { modality: 'CR, DX, RG', atLeast: 3 }, [2, 2], count(4)),
  shipped('cr-2', 'Radiographs, two', { modality: 'CR, DX, RG', atLeast: 2 }, [1, 2], count(2)),
  shipped('us-4', 'Ultrasound, four clips', { modality: 'US', atLeast: 4 }, [2, 2], count(4)),
  shipped('mr-4', 'MR, four stacks', { modality: 'MR', atLeast: 4 }, [2, 2], count(4, { modality: 'MR' })),
  shipped('mr-2', 'MR, two stacks', { modality: 'MR', atLeast: 2 }, [1, 2], count(2, { modality: 'MR' })),
  shipped(
    'ct-prior',
    'CT beside the one before',
    { modality: 'CT', priors: 1 },
    [1, 2],
    [{ modality: 'CT' }, { prior: 1, modality: 'CT' }],
  ),
  shipped('ct', 'CT, one stack', { modality: 'CT' }, [1, 1], [{ modality: 'CT' }]),
]
