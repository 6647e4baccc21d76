import { z } from 'zod'
import { isSpecies } from './hang.ts'

const words = z.string().trim().max(120)

/** A range that is told beside a vertebral heart score. */
export const heartScoreRange = z.object({
  rangeId: z.string().min(1).max(64),
  species: words.min(1, 'dog, cat or another species.'),
  /** Words of the breed as files have it, commas part alternatives; '' is every breed. */
  breed: words,
  mean: z.number().min(1, 'Between 1 and 30.').max(30, 'Between 1 and 30.'),
  deviation: z.number().min(0, 'Between 0 and 10.').max(10, 'Between 0 and 10.'),
  source: words,
})
export type HeartScoreRange = z.infer<typeof heartScoreRange>

export const heartScoreRanges = z.array(heartScoreRange).max(300, '300 rows at most.')

const row = (species: string, breed: string, mean: number, deviation: number, source: string): HeartScoreRange => ({
  rangeId: `shipped-${species}-${breed || 'all'}-${source}`
    .toLowerCase()
    .replace(/[^a-z]+/g, '-')
    .slice(0, 60),
  ...{ species, breed, mean, deviation, source },
})

/**
 * Means and standard deviations in vertebrae, of right lateral views where the publication tells the sides apart, each as it
 * stands in the abstract, in the publication's own table, or, where it says *quoted*, in a table of another publication.
 * A publication that gives standard errors, medians or ends alone is no source for a range, and a breed without a source is
 * not in the table. To be changed by a clinic that reads by others.
 */
export const shippedHeartScores: readonly HeartScoreRange[] = [
  row('dog', '', 9.7, 0.5, 'Buchanan and Bücheler, JAVMA 1995'),
  row('dog', 'beagle', 10.3, 0.4, 'Kraetschmer et al., J Small Anim Pract 2008'),
  row('dog', 'boston terrier', 11.7, 1.4, 'Jepsen-Grant et al., Vet Radiol Ultrasound 2013'),
  row('dog', 'boxer', 11.6, 0.8, 'Lamb et al., Vet Rec 2001'),
  row('dog', 'brittany', 10.6, 0.2, 'Vertebral Heart Scale for the Brittany Spaniel, Vet Sci 2021'),
  row('dog', 'bulldog', 12.7, 1.7, 'Jepsen-Grant et al., Vet Radiol Ultrasound 2013'),
  row('dog', 'cavalier', 10.6, 0.5, 'Lamb et al., Vet Rec 2001'),
  row('dog', 'indian spitz', 10.2, 0.1, 'Bodh et al., Vet World 2016'),
  row('dog', 'labrador', 10.8, 0.6, 'Lamb et al., Vet Rec 2001, quoted'),
  row('dog', 'labrador', 10.4, 0.2, 'Bodh et al., Vet World 2016'),
  row('dog', 'norwich terrier', 10.6, 0.6, 'Taylor et al., Vet Radiol Ultrasound 2020'),
  row('dog', 'pomeranian', 10.5, 0.9, 'Jepsen-Grant et al., Vet Radiol Ultrasound 2013'),
  row('dog', 'pug', 11.25, 0.62, 'Wiegel et al., PLoS One 2022'),
  row('dog', 'whippet', 11, 0.5, 'Bavegems et al., Vet Radiol Ultrasound 2005'),
  row('cat', '', 8.1, 0.5, 'Default of this program; 8.1 is the upper end in Litster and Buchanan 2000'),
  row('cat', '', 7.5, 0.3, 'Litster and Buchanan, JAVMA 2000, quoted; ends 6.7 and 8.1'),
  row('cat', 'domestic shorthair, dsh', 7.43, 0.44, '97 cats in Thailand, Thai J Vet Med 50 (4), 2020'),
]

/** Those that hold for an animal: of all its kind first, then of its breed. */
export function rangesFor(
  ranges: readonly HeartScoreRange[],
  { species, breed }: { species: string; breed: string },
): HeartScoreRange[] {
  const said = ` ${breed.toLowerCase().replace(/[^\p{L}]+/gu, ' ')} `
  return ranges.filter((range) => {
    if (species.trim() === '' || !isSpecies(species, range.species)) return false
    const names = range.breed
      .toLowerCase()
      .split(',')
      .map((each) => each.trim())
      .filter(Boolean)
    return names.length === 0 || names.some((each) => said.includes(` ${each} `))
  })
}

export type Verdict = 'below' | 'within' | 'above'

/** One standard deviation to each side, as the literature gives its ranges. A tenth of a vertebra is what can be read. */
export function verdict(score: number, { mean, deviation }: Pick<HeartScoreRange, 'mean' | 'deviation'>): Verdict {
  const rounded = Math.round(score * 10) / 10
  if (rounded < Math.round((mean - deviation) * 10) / 10) return 'below'
  return rounded > Math.round((mean + deviation) * 10) / 10 ? 'above' : 'within'
}
