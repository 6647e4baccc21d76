import { expect, test } from 'vitest'
import { chooseProtocol, fits, type HangingItem, hang, isSpecies } from './hang.ts'
import { shippedProtocols } from './hangingDefaults.ts'
import { anyMatch, anyTile, type HangingProtocol, hangingProtocols } from './hangingProtocol.ts'

const item = (part: Partial<HangingItem>): HangingItem => ({
  ...{ prior: 0, modality: 'DX', bodyPart: '', view: '', laterality: '', description: '', frames: 1 },
  ...part,
})

const subject = (items: HangingItem[], species = '') => ({ species, description: '', items })

function shownBy(items: HangingItem[], species = '') {
  const protocol = chooseProtocol(shippedProtocols, subject(items, species))
  return protocol && { name: protocol.name, places: hang(protocol, items) }
}

test('the shipped protocols are a valid list', () => {
  expect(hangingProtocols.parse(shippedProtocols)).toEqual(shippedProtocols)
  expect(new Set(shippedProtocols.map(({ protocolId }) => protocolId)).size).toBe(shippedProtocols.length)
})

test('a chest hangs its frontal view first, whatever the order of the images', () => {
  const items = [item({ bodyPart: 'CHEST', view: 'LL' }), item({ bodyPart: 'CHEST', view: 'PA' })]
  expect(shownBy(items)).toEqual({ name: 'Chest, two views', places: [1, 0] })
})

test('an earlier chest hangs beside', () => {
  const items = [
    item({ bodyPart: 'CHEST', view: 'LL' }),
    item({ bodyPart: 'CHEST', view: 'PA' }),
    item({ bodyPart: 'CHEST', view: 'AP', prior: 1 }),
  ]
  expect(shownBy(items)).toEqual({ name: 'Chest beside the one before', places: [1, 0, 2] })
})

test('the thorax of a dog hangs right lateral, left lateral, straight, also by the names of series', () => {
  const items = [
    item({ description: 'Thorax VD' }),
    item({ description: 'Thorax left lateral' }),
    item({ description: 'Thorax right lateral' }),
  ]
  expect(shownBy(items, 'Canine')).toEqual({ name: 'Animal thorax, three views', places: [2, 1, 0] })
})

test('a mammogram hangs both sides of each view, and a missing one leaves its place empty', () => {
  const breast = (view: string, laterality: string) => item({ modality: 'MG', view, laterality })
  const all = [breast('MLO', 'L'), breast('CC', 'L'), breast('MLO', 'R')]
  expect(shownBy(all)).toEqual({ name: 'Mammography, four views', places: [undefined, 1, 2, 0] })
})

test('a scout does not take the place of a stack', () => {
  const items = [item({ modality: 'CT', frames: 1, description: 'Scout' }), item({ modality: 'CT', frames: 300 })]
  expect(shownBy(items)).toEqual({ name: 'CT, one stack', places: [1] })
})

test('PET and CT hang side by side, and full-mouth teeth in a grid', () => {
  expect(shownBy([item({ modality: 'PT', frames: 90 }), item({ modality: 'CT', frames: 90 })])?.places).toEqual([1, 0])
  const teeth = Array.from({ length: 11 }, () => item({ modality: 'IO' }))
  expect(shownBy(teeth)?.places).toEqual([...teeth.keys(), undefined])
})

test('species are known by either name; no species is a person', () => {
  expect(isSpecies('Canine', 'dog')).toBe(true)
  expect(isSpecies('FELIS CATUS', 'dog, cat')).toBe(true)
  expect(isSpecies('', 'person')).toBe(true)
  expect(isSpecies('', 'animal')).toBe(false)
  expect(isSpecies('Homo sapiens', 'person')).toBe(true)
  expect(isSpecies('Canine', 'person')).toBe(false)
})

test('words match whole: LL is not in FULL', () => {
  const match = { ...anyMatch, view: 'LL' }
  expect(fits(match, subject([item({ description: 'Full spine' })]))).toBe(false)
  expect(fits(match, subject([item({ description: 'Thorax LL' })]))).toBe(true)
})

test('the first that fits is used, one that is switched off never, one without anything to show neither', () => {
  const protocol = (name: string, part: Partial<HangingProtocol> = {}): HangingProtocol => ({
    ...{ protocolId: name, name, enabled: true, match: anyMatch, layout: { rows: 1, columns: 1 } },
    ...{ tiles: [anyTile], link: 'position' },
    ...part,
  })
  const list = [
    protocol('off', { enabled: false }),
    protocol('nothing', { tiles: [{ ...anyTile, modality: 'MR' }] }),
    protocol('first'),
    protocol('second'),
  ]
  expect(chooseProtocol(list, subject([item({})]))?.name).toBe('first')
})
