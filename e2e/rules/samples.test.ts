import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, test } from 'vitest'
import { readManifest } from '../corpus/manifest.ts'
import { textOf, trackedFiles } from './trackedFiles.ts'

const samplesFolder = process.env.SAMPLES_DIR

/** UIDs that the standard or a toolkit defines stand in any DICOM program; long ones are somebody's own. */
const OWN_UID = /(?<![\d.])(?!1\.2\.840\.10008\.)[0-2](?:\.\d+){5,}/g
const LONG_UID_CHARACTERS = 26

/**
 * A product that knows the files it is tested with proves nothing: neither name, UID nor hash of a sample may stand in
 * the sources, in tests and documents least of all.
 */
test.skipIf(!samplesFolder)('no sample is known by name, UID or hash', () => {
  const marks = new Set<string>()
  for (const row of readManifest(samplesFolder ?? '')) {
    marks.add(row.sha256)
    if (/[a-zA-Z].*\d|[_-]/.test(basename(row.path)) && /\.dcm$/.test(row.path)) marks.add(basename(row.path))
    const text = readFileSync(join(samplesFolder ?? '', row.path)).toString('latin1', 0, 1 << 18)
    for (const [uid] of text.matchAll(OWN_UID)) if (uid.length >= LONG_UID_CHARACTERS) marks.add(uid)
  }
  expect(marks.size).toBeGreaterThan(0)
  const known = trackedFiles(/\.(ts|tsx|js|mjs|json|md|yml|css|html)$/)
    .filter((path) => path !== 'package-lock.json')
    .flatMap((path) => {
      const text = textOf(path)
      return [...marks].filter((mark) => text.includes(mark)).map((mark) => `${path}: ${mark}`)
    })
  expect(known).toEqual([])
})
