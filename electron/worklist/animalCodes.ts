import type { Code } from '#shared/contract/order.ts'
import { speciesName } from '#shared/dicom/patientLine.ts'
import { SPECIES } from '#shared/dicom/species.ts'
import breeds from '../../resources/veterinary/breeds.json' with { type: 'json' }

/** PS3.16 CID 7480 by species: code value of SNOMED CT -> meaning. */
const BREEDS: Readonly<Record<string, Readonly<Record<string, string>>>> = breeds
const SHOWN_MAX = 20

/** Breeds of a species whose names hold the text; those that begin with it first. */
export function findBreeds(species: string, text: string): Code[] {
  const group = SPECIES.find(({ name }) => name === speciesName(species))?.breeds ?? ''
  const wanted = text.trim().toLowerCase()
  return Object.entries(BREEDS[group] ?? {})
    .map(([value, meaning]) => ({ value, scheme: 'SCT', meaning, at: meaning.toLowerCase().indexOf(wanted) }))
    .filter(({ at }) => at >= 0)
    .toSorted((a, b) => a.at - b.at || a.meaning.localeCompare(b.meaning))
    .slice(0, SHOWN_MAX)
    .map(({ value, scheme, meaning }) => ({ value, scheme, meaning }))
}
