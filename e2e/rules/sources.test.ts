import { expect, test } from 'vitest'
import { textOf, trackedFiles } from './trackedFiles.ts'

const MEDIAN_LINES = 120
const MOST_LINES = 400

/** Tables of the standard are as long as the standard makes them. */
const IS_TABLE = /^shared\/dicom\/.*(dictionary|Dictionary|Table|table)/

const sources = () => trackedFiles(/^(shared|electron|renderer|e2e)\/.*\.(ts|tsx|css)$/)
const lines = (path: string) => textOf(path).split('\n').length - 1

test(`half of the files have at most ${MEDIAN_LINES} lines`, () => {
  const sizes = sources()
    .map(lines)
    .sort((a, b) => a - b)
  expect(sizes[Math.floor(sizes.length / 2)]).toBeLessThanOrEqual(MEDIAN_LINES)
})

test(`no file has more than ${MOST_LINES} lines: split it by noun or by verb`, () => {
  const long = sources()
    .filter((path) => !IS_TABLE.test(path))
    .map((path) => ({ path, lines: lines(path) }))
  expect(long.filter((file) => file.lines > MOST_LINES)).toEqual([])
})

test('what a test starts does not inherit its output: whoever runs the test would wait for the end of both', () => {
  const ofTests = /^e2e\/(?!run\/)|\/testing\/|\.(test|spec)\.tsx?$/
  const inherits = new RegExp(['inh', "erit'"].join(''))
  expect(
    sources().filter((path) => ofTests.test(path) && !path.startsWith('e2e/run/') && inherits.test(textOf(path))),
  ).toEqual([])
})

test('nothing is left for later in a comment', () => {
  const marks = new RegExp(
    ['TO' + 'DO', 'FIX' + 'ME', 'XX' + 'X', 'HA' + 'CK'].map((word) => `\\b${word}\\b`).join('|'),
  )
  expect(sources().filter((path) => marks.test(textOf(path)))).toEqual([])
})

test('drawers have no place: a file is named after what is in it', () => {
  const drawers = /(^|\/)(utils?|helpers?|common|misc|[A-Za-z]*Manager|[A-Za-z]*Service)(\.tsx?$|\/)/
  expect(sources().filter((path) => drawers.test(path))).toEqual([])
})

test('the lock file names no registry, so that it works behind any mirror', () => {
  const lock = textOf('package-lock.json')
  expect(lock).not.toMatch(/"resolved"/)
  expect(lock).not.toMatch(/https?:\/\/[^"]*registry/)
})

test('every package has its exact version', () => {
  const { dependencies, devDependencies } = JSON.parse(textOf('package.json')) as Record<string, Record<string, string>>
  const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(([, version]) => !/^\d/.test(version))
  expect(loose).toEqual([])
})

test('there is one copy of dcmjs: two would not know each other’s data sets', () => {
  const { packages } = JSON.parse(textOf('package-lock.json')) as { packages: Record<string, { version: string }> }
  const copies = Object.keys(packages).filter((path) => path.endsWith('node_modules/dcmjs'))
  const { overrides } = JSON.parse(textOf('package.json')) as { overrides: { dcmjs: string } }
  expect(copies.map((path) => packages[path]?.version)).toEqual([overrides.dcmjs])
})
