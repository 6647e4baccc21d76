import type { HangingMatch } from '#shared/imaging/hangingProtocol.ts'

/** For whom a protocol is, in one line. */
export function matchText({ modality, bodyPart, view, species, atLeast, priors }: HangingMatch): string {
  const parts = [
    modality || 'Any modality',
    bodyPart.split(',')[0]?.trim().toLowerCase(),
    view.split(',').slice(0, 2).join(','),
    species,
    atLeast > 1 ? `${atLeast} or more` : '',
    priors > 0 ? 'with earlier' : '',
  ]
  return parts.filter(Boolean).join(' · ').slice(0, 80)
}
