import { type Browser, expect, test } from '@playwright/test'
import { find } from '../run/debianPackages.ts'
import { storedFiles } from '../workstation/storedFiles.ts'
import { figureProblems, fixedPixels, problemsOf } from './compareFrame.ts'
import { readManifest } from './manifest.ts'
import { type DrawnFrame, readFrame, show, type Where } from './readBack.ts'
import { referenceOf } from './reference.ts'
import { openRound, type Round } from './round.ts'
import { type CorpusRow, dealRounds, HALVES } from './rounds.ts'

const samples = process.env.SAMPLES_DIR
const rows = samples ? dealRounds(samples, readManifest(samples)) : []

test.describe.configure({ mode: 'parallel' })
test.skip(!find('chromium') || !find('dcmdump') || !find('gdcmconv'), 'needs chromium, dcmtk and libgdcm-tools')

/** The round at hand, and the next one: it starts while this one is looked at. */
const opening = new Map<number, Promise<Round>>()
const closing: Promise<void>[] = []

function begin(browser: Browser, number: number): Promise<Round> {
  const begun = opening.get(number)
  if (begun) return begun
  const open = openRound(
    browser,
    number,
    rows.filter((one) => one.round === number),
  )
  // Whoever needs it hears of it.
  open.catch(() => {})
  opening.set(number, open)
  return open
}

function endAll(isOver: (number: number) => boolean): void {
  for (const [number, open] of [...opening].filter(([number]) => isOver(number))) {
    opening.delete(number)
    closing.push(open.then((round) => round.close()).catch(() => {}))
  }
}

async function roundOf(browser: Browser, row: CorpusRow): Promise<Round> {
  endAll((number) => number < row.round)
  const round = await begin(browser, row.round)
  const next = row.round + HALVES.length
  if (rows.some((one) => one.round === next)) begin(browser, next)
  return round
}

test.afterAll(async () => {
  endAll(() => true)
  await Promise.all(closing)
})

/** By its UID; what has none is alone in its round. */
function whereIs({ instances }: Round, row: CorpusRow): Where {
  const where = row.sopInstanceUID === undefined ? [...instances.values()][0] : instances.get(row.sopInstanceUID)
  if (!where) throw new Error('It was stored, but no list leads to it')
  return where
}

/** Draws every frame; stops at the first that is a message. */
async function drawAll(round: Round, row: CorpusRow): Promise<DrawnFrame[]> {
  const where = whereIs(round, row)
  const index = await show(round.page, where)
  const frames: DrawnFrame[] = []
  for (let frame = 0; frame < Math.max(Number(row.frames) || 1, 1); frame += 1) {
    const drawn = await readFrame(round.page, index + frame, frame, fixedPixels(row.columns ?? 1, row.rows ?? 1))
    frames.push(drawn)
    if (drawn.status === 'message') break
  }
  return frames
}

async function expectRightOrMessage(browser: Browser, round: Round, row: CorpusRow): Promise<void> {
  const frames = await drawAll(round, row)
  const message = frames.find((frame) => frame.status === 'message')
  if (message) {
    expect(message.message, 'a sentence in place of the pixels').toMatch(/\w+ \w+/)
    expect(row.expected, `a picture, not a message: ${message.message}`).not.toBe('displays')
    return
  }
  const shown = frames.filter((frame) => frame.status === 'shown')
  const reference = await referenceOf(row, round.folder, browser)
  if (!reference) console.log(`UNCOMPARED ${row.path}: no other decoder here reads it`)
  const slope = reference?.frames[0]?.slope ?? 1
  const problems = reference ? shown.flatMap((frame, at) => problemsOf(row, frame, reference, at)) : []
  expect([...problems, ...figureProblems(row, shown, slope)]).toEqual([])
}

/** Empty components and groups at the end of a name say nothing (PS3.5 6.2.1). */
const withoutEmptyEnd = (name: string) => name.replace(/[=^]+$/, '')

async function expectName(round: Round, row: CorpusRow): Promise<void> {
  if (row.patient_name === '') return
  const tags = await round.connection.ask.studies.tags({ instanceId: whereIs(round, row).instanceId })
  const name = tags.find((tag) => tag.keyword === 'PatientName' && tag.depth === 0)?.value ?? ''
  expect(withoutEmptyEnd(name)).toBe(withoutEmptyEnd(row.patient_name))
  const text = await round.page.locator('body').textContent()
  const unseen = name
    .split(/[=^]/)
    .filter((part) => !(text ?? '').normalize('NFC').includes(part.trim().normalize('NFC')))
  expect(unseen, 'parts of the name that the page does not show').toEqual([])
}

async function lookAt(browser: Browser, row: CorpusRow): Promise<void> {
  const round = await roundOf(browser, row)
  const answer = round.answers.get(row.path)
  if (row.expected === 'must be rejected with clear error') {
    expect(['rejected', 'left-out']).toContain(answer?.outcome)
    expect(answer?.note, 'the reason in words').toMatch(/\w+ \w+/)
    const stored = [...round.answers.values()].filter((one) => one.outcome === 'stored').length
    expect({ listed: round.instances.size, files: storedFiles(round.workstation.dataFolder).length }).toEqual({
      listed: stored,
      files: stored,
    })
    return
  }
  expect(answer).toMatchObject({ outcome: 'stored' })
  await expectRightOrMessage(browser, round, row)
  await expectName(round, row)
}

for (const half of HALVES) {
  test.describe(`half ${half + 1}`, () => {
    test.describe.configure({ mode: 'default' })
    for (const row of rows.filter(({ round }) => round % HALVES.length === half))
      test(`${row.path} ${row.expected}`, ({ browser }) => lookAt(browser, row))
  })
}

test('samples are there', () => {
  test.skip(!samples, 'SAMPLES_DIR names no folder of samples')
  expect(rows.length).toBeGreaterThan(0)
})
