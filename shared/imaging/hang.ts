import type { HangingMatch, HangingProtocol, HangingTile } from './hangingProtocol.ts'

/** An image, or a stack of them, that a tile can show. */
export interface HangingItem {
  /** 0 is the study that is opened, 1 the newest of the earlier ones. */
  prior: number
  modality: string
  bodyPart: string
  /** View Position, as coded. */
  view: string
  laterality: string
  /** Of the series. */
  description: string
  /** Pictures in it. */
  frames: number
}

export interface HangingSubject {
  species: string
  description: string
  items: readonly HangingItem[]
}

const folded = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

const alternatives = (text: string) => text.split(',').map(folded).filter(Boolean)

/** Whole words of one alternative stand in the text. */
function says(text: string, wanted: string): boolean {
  const all = alternatives(wanted)
  const padded = ` ${folded(text)} `
  return all.length === 0 || all.some((each) => padded.includes(` ${each} `))
}

const species: readonly (readonly string[])[] = [
  ['dog', 'canine', 'canis', 'canis lupus familiaris'],
  ['cat', 'feline', 'felis', 'felis catus'],
  ['horse', 'equine', 'equus', 'equus caballus'],
  ['rabbit', 'lagomorph', 'oryctolagus cuniculus'],
  ['cattle', 'bovine', 'bos taurus'],
]

/** Whether what the file calls the species is what was asked for. No species, or human, is a person. */
export function isSpecies(given: string, wanted: string): boolean {
  if (wanted.trim() === '') return true
  const isPerson = given.trim() === '' || /\b(human|homo)\b/i.test(given)
  return alternatives(wanted).some((each) => {
    if (each === 'person') return isPerson
    if (each === 'animal') return !isPerson
    const names = species.find((group) => group.includes(each)) ?? [each]
    return names.some((name) => says(given, name))
  })
}

function hasModalities(items: readonly HangingItem[], wanted: string): boolean {
  return wanted.split('+').every((group) => {
    const either = alternatives(group)
    return either.length === 0 || items.some(({ modality }) => either.includes(folded(modality)))
  })
}

export function fits(match: HangingMatch, { species, description, items }: HangingSubject): boolean {
  const own = items.filter(({ prior }) => prior === 0)
  const places = [description, ...own.flatMap((item) => [item.bodyPart, item.description])].join(' , ')
  const priors = new Set(items.filter(({ prior }) => prior > 0).map(({ prior }) => prior))
  return (
    own.length >= match.atLeast &&
    priors.size >= match.priors &&
    hasModalities(own, match.modality) &&
    says(places, match.bodyPart) &&
    isSpecies(species, match.species) &&
    (match.view === '' || own.some((item) => hasView(item, match.view)))
  )
}

/** As coded; where that is empty, as the series is called. */
function hasView({ view, description }: HangingItem, wanted: string): boolean {
  return view === '' ? says(description, wanted) : says(view, wanted)
}

function suits(item: HangingItem, tile: HangingTile): boolean {
  return (
    item.prior === tile.prior &&
    hasModalities([item], tile.modality) &&
    says(`${item.bodyPart} , ${item.description}`, tile.bodyPart) &&
    (tile.view === '' || hasView(item, tile.view)) &&
    (tile.laterality === '' || item.laterality.toUpperCase() === tile.laterality) &&
    says(item.description, tile.description)
  )
}

/** Scouts and single captures come after real stacks where there are any. */
const STACK_FRAMES = 4

/** For each tile the place of its item in `items`. An item is shown once unless it is all that there is. */
export function hang(protocol: HangingProtocol, items: readonly HangingItem[]): (number | undefined)[] {
  const taken = new Set<number>()
  return protocol.tiles.map((tile) => {
    if (!tile) return undefined
    const all = items.flatMap((item, at) => (suits(item, tile) ? [{ item, at }] : []))
    const stacks = all.filter(({ item }) => item.frames >= STACK_FRAMES)
    const ordered = stacks.length > 0 ? [...stacks, ...all.filter((each) => !stacks.includes(each))] : all
    const free = ordered.filter(({ at }) => !taken.has(at))
    // Counted among all that fit, so that a tile keeps its image whatever the tiles before it took.
    const chosen = ordered[tile.nth] ?? undefined
    const found = chosen && !taken.has(chosen.at) ? chosen : tile.nth === 0 ? (free[0] ?? chosen) : undefined
    if (found) taken.add(found.at)
    return found?.at
  })
}

/** The first of the list that fits and has something to show. */
export function chooseProtocol(
  protocols: readonly HangingProtocol[],
  subject: HangingSubject,
): HangingProtocol | undefined {
  return protocols.find(
    (protocol) =>
      protocol.enabled &&
      fits(protocol.match, subject) &&
      hang(protocol, subject.items).some((at) => at !== undefined && subject.items[at]?.prior === 0),
  )
}
