import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { CT_PHANTOM, ctPhantom } from '#electron/demo/ctPhantom.ts'
import type { DataSet } from '#electron/demo/dataSet.ts'
import { derivedUID } from '#electron/demo/derivedUID.ts'
import { ultrasoundClip } from '#electron/demo/ultrasoundClip.ts'
import { writePart10 } from '#electron/demo/writePart10.ts'
import { SECONDARY_CAPTURE_IMAGE } from '#shared/dicom/sopClass.ts'
import { test as base, expect } from './browser/test.ts'
// Brings the type of window.negatoscope.
import type {} from './corpus/readBack.ts'
import { connect } from './workstation/connect.ts'
import { startWorkstation } from './workstation/startWorkstation.ts'
import { temporaryFolder } from './workstation/temporaryFolder.ts'

const SLICES = 12
const ENCAPSULATED_PDF = '1.2.840.10008.5.1.4.1.1.104.1'

function patient(name: string, description: string): { common: DataSet; studyInstanceUID: string; seed: string } {
  const studyInstanceUID = derivedUID(`viewer/${name}`)
  const common = {
    StudyInstanceUID: studyInstanceUID,
    PatientName: name,
    PatientID: `ID-${name.slice(0, 3)}`,
    StudyDate: '20260102',
    StudyTime: '101500',
    StudyDescription: description,
  }
  return { common, studyInstanceUID, seed: `viewer/${name}` }
}

/** A CT of known geometry, a picture without spacing, a clip, a document; each of a patient of its own. */
function* files(): Iterable<Uint8Array<ArrayBuffer>> {
  for (const dataSet of ctPhantom({ ...patient('Adams^Ada', 'Thorax'), slices: SLICES })) yield writePart10({ dataSet })
  const photo = patient('Brown^Ben', 'Photo')
  yield writePart10({
    dataSet: {
      ...photo.common,
      SOPClassUID: SECONDARY_CAPTURE_IMAGE,
      SOPInstanceUID: derivedUID(`${photo.seed}/instance`),
      SeriesInstanceUID: derivedUID(`${photo.seed}/series`),
      Modality: 'OT',
      SeriesDescription: 'Skin',
      SamplesPerPixel: 1,
      PhotometricInterpretation: 'MONOCHROME2',
      Rows: 200,
      Columns: 300,
      BitsAllocated: 8,
      BitsStored: 8,
      HighBit: 7,
      PixelRepresentation: 0,
      PixelData: Uint8Array.from({ length: 200 * 300 }, (_, at) => at % 251),
    },
  })
  yield writePart10({ dataSet: ultrasoundClip(patient('Clark^Cleo', 'Clip')) })
  const report = patient('Davis^Dora', 'Report')
  yield writePart10({
    dataSet: {
      ...report.common,
      SOPClassUID: ENCAPSULATED_PDF,
      SOPInstanceUID: derivedUID(`${report.seed}/instance`),
      SeriesInstanceUID: derivedUID(`${report.seed}/series`),
      Modality: 'DOC',
      SeriesDescription: 'Letter',
      MIMETypeOfEncapsulatedDocument: 'application/pdf',
      EncapsulatedDocument: new TextEncoder().encode('%PDF-1.4\n'),
    },
  })
}

const test = base.extend<object, { url: string }>({
  url: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's dependencies from this pattern
    async ({}, use) => {
      using folder = temporaryFolder()
      await using workstation = await startWorkstation({ dataFolder: join(folder.path, 'data') })
      using connection = await connect(workstation.url)
      const all = [...files()]
      const { transferId } = await connection.ask.transfers.beginImport({ title: 'viewer', files: all.length })
      for (const body of all) {
        const answer = await connection.data(`/data/import/${transferId}?name=image.dcm`, { method: 'PUT', body })
        expect(await answer.json()).toMatchObject({ outcome: 'stored' })
      }
      await connection.ask.transfers.finishImport({ transferId })
      await use(workstation.url)
    },
    { scope: 'worker', timeout: 180_000 },
  ],
})

const row = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name })
const tile = (page: Page, number: number) => page.getByRole('region', { name: new RegExp(`^Tile ${number},`) })
const state = (page: Page, position = 0) => page.evaluate((at) => window.negatoscope?.viewer.state(at), position)

/** Opens a study as a person does, and waits until its first image is drawn. */
async function open(page: Page, url: string, name: string): Promise<Locator> {
  await page.goto(url)
  await row(page, name).dblclick()
  await expect.poll(async () => (await state(page))?.status).toMatch(/shown|message/)
  return tile(page, 1)
}

/** Where a pixel of the image (column, row) lies in the page. */
async function place(page: Page, pixel: [number, number]): Promise<{ x: number; y: number }> {
  const found = await page.evaluate((at) => {
    const viewer = window.negatoscope?.viewer
    const [x, y] = viewer?.imageToCanvas(0, at) ?? []
    const box = viewer?.canvas(0)?.getBoundingClientRect()
    return x === undefined || y === undefined || !box ? undefined : { x: box.x + x, y: box.y + y }
  }, pixel)
  if (!found) throw new Error('No image is drawn')
  return found
}

async function drag(page: Page, from: { x: number; y: number }, to: { x: number; y: number }): Promise<void> {
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2)
  await page.mouse.move(to.x, to.y)
  await page.mouse.up()
}

/** Pixel of the phantom at millimetres from the middle of the image. */
function pixelAt({ xMm, yMm }: { xMm: number; yMm: number }): [number, number] {
  const { rows, columns, pixelSpacingMm } = CT_PHANTOM
  return [(columns - 1) / 2 + xMm / pixelSpacingMm, (rows - 1) / 2 + yMm / pixelSpacingMm]
}

async function letters(shown: Locator): Promise<Record<string, string>> {
  const edges = ['left', 'right', 'top', 'bottom']
  const texts = await Promise.all(edges.map((edge) => shown.locator(`[data-edge="${edge}"]`).textContent()))
  return Object.fromEntries(edges.map((edge, at) => [edge, texts[at] ?? '']))
}

test('a double click opens a CT; wheel and keys go through it', async ({ page, url }) => {
  const shown = await open(page, url, 'Ada')
  await expect(shown).toContainText('Adams, Ada')
  await expect(shown).toContainText(`Image 1 of ${SLICES}`)
  await expect(shown).toContainText(`z 0.0 mm, ${CT_PHANTOM.lengthMm / SLICES} mm thick`)
  await expect(shown).toContainText('120 kV, STANDARD')
  const probed = await page.evaluate(([x, y]) => {
    const samples = window.negatoscope?.viewer.samples(0)
    return samples?.values[Math.round(y) * samples.width + Math.round(x)]
  }, pixelAt(CT_PHANTOM.rods[0]))
  expect(probed).toBe(CT_PHANTOM.rods[0].hu)
  // The value under the pointer, as long as it is there.
  const pointed = shown.locator('[data-pointed]')
  const { x, y } = await place(page, pixelAt(CT_PHANTOM.rods[0]))
  await page.mouse.move(x, y)
  await expect(pointed).toHaveText(`${CT_PHANTOM.rods[0].hu} HU`)
  await page.mouse.move(x, 1)
  await expect(pointed).toHaveCount(0)

  await shown.hover()
  await page.mouse.wheel(0, 100)
  await expect(shown).toContainText(`Image 2 of ${SLICES}`)
  await expect(shown).toContainText(`z ${(CT_PHANTOM.lengthMm / SLICES).toFixed(1)} mm`)
  await page.mouse.wheel(0, -100)
  await expect(shown).toContainText(`Image 1 of ${SLICES}`)
  for (const [key, image] of [
    ['End', SLICES],
    ['PageUp', SLICES - 10],
    ['ArrowDown', SLICES - 9],
    ['Home', 1],
    ['ArrowUp', 1],
  ] as const) {
    await page.keyboard.press(key)
    await expect(shown).toContainText(`Image ${image} of ${SLICES}`)
  }
  await expect.poll(async () => (await state(page))?.status).toBe('shown')
})

test('the first image of a long stack is there before the others are described, and stays as it is when they are', async ({
  page,
  url,
}) => {
  const [openings, lists] = [new Set<number>(), new Set<number>()]
  const held: (() => void)[] = []
  let isHeld = true
  await page.routeWebSocket(/\/wire/, (socket) => {
    const host = socket.connectToServer()
    socket.onMessage((text) => {
      const { id, operation } = JSON.parse(String(text))
      if (operation === 'viewer.opening') openings.add(id)
      if (operation === 'studies.images') lists.add(id)
      host.send(text)
    })
    host.onMessage((text) => {
      const message = JSON.parse(String(text))
      const answer = () => socket.send(JSON.stringify(message))
      // Of a stack of 12 what would be said of one of a thousand.
      if (openings.has(message.id) && message.kind === 'result')
        for (const each of message.output.images) Object.assign(each, { whole: false, images: each.images.slice(0, 1) })
      if (lists.has(message.id) && isHeld) held.push(answer)
      else answer()
    })
  })
  const shown = await open(page, url, 'Ada')
  await expect(shown).toContainText(`Image 1 of ${SLICES}`)
  expect(await state(page)).toMatchObject({ status: 'shown', cachedFrames: 1, totalFrames: SLICES })
  await page.keyboard.press('i')
  await expect(shown).toContainText('Inverted')
  await expect.poll(() => held.length).toBeGreaterThan(0)
  isHeld = false
  for (const answer of held) answer()
  await expect.poll(() => state(page)).toMatchObject({ status: 'shown', cachedFrames: SLICES, totalFrames: SLICES })
  await expect(shown).toContainText('Inverted')
  await page.keyboard.press('End')
  await expect(shown).toContainText(`Image ${SLICES} of ${SLICES}`)
})

test('dragging windows, number keys are presets, 0 resets, I inverts', async ({ page, url }) => {
  const shown = await open(page, url, 'Ada')
  await expect(shown).toContainText('W 400 L 40')
  const brightness = () =>
    page.evaluate(() => {
      const canvas = window.negatoscope?.viewer.canvas(0)
      const [x, y] = window.negatoscope?.viewer.imageToCanvas(0, [4, 4]) ?? [0, 0]
      return canvas?.getContext('2d')?.getImageData(Math.round(x), Math.round(y), 1, 1).data[0]
    })
  expect(await brightness()).toBe(0)
  const box = await shown.boundingBox()
  const middle = { x: (box?.x ?? 0) + 300, y: (box?.y ?? 0) + 300 }
  await drag(page, middle, { x: middle.x + 300, y: middle.y + 75 })
  await expect(shown).toContainText('W 800 L 140')
  await page.keyboard.press('2')
  await expect(shown).not.toContainText('W 800')
  const second = await state(page)
  await page.keyboard.press('1')
  await expect.poll(async () => (await state(page))?.windowWidth).not.toBe(second?.windowWidth)
  await page.keyboard.press('i')
  await expect.poll(brightness).toBe(255)
  await page.keyboard.press('0')
  await expect(shown).toContainText('W 400 L 40')
  await expect.poll(brightness).toBe(0)
})

test('a length on known geometry is in mm and names its source; deleting it can be undone', async ({ page, url }) => {
  const shown = await open(page, url, 'Ada')
  await page.keyboard.press('l')
  const [from, to] = CT_PHANTOM.rods
  await drag(page, await place(page, pixelAt(from)), await place(page, pixelAt(to)))
  const drawn = shown.locator('svg g').first()
  await expect(drawn).toContainText(/^(19\.[789]|20\.[0123]) mm/)
  await expect(drawn).toContainText('pixel spacing')

  // The zoom changes what is seen, not what was measured.
  const before = await drawn.textContent()
  await page.keyboard.press('r')
  await expect(shown.locator('svg g').first()).toHaveText(before ?? '')

  await page.keyboard.press('Delete')
  await expect(shown.locator('svg g')).toHaveCount(0)
  await page.keyboard.press('Control+z')
  await expect(shown.locator('svg g').first()).toHaveText(before ?? '')
})

test('a length on an image without spacing is in px and says so', async ({ page, url }) => {
  const shown = await open(page, url, 'Ben')
  await page.keyboard.press('l')
  await drag(page, await place(page, [50, 100]), await place(page, [150, 100]))
  await expect(shown.locator('svg g')).toContainText(/^(99\.[5-9]|100\.[0-5]) px/)
  await expect(shown.locator('svg g')).toContainText('no spacing')
  await expect(shown.locator('svg g')).not.toContainText('mm')
})

test('letters at the edges turn and flip with the picture', async ({ page, url }) => {
  const shown = await open(page, url, 'Ada')
  // Rows run to the patient's left, columns to the back: ImageOrientationPatient 1,0,0,0,1,0.
  expect(await letters(shown)).toEqual({ left: 'R', right: 'L', top: 'A', bottom: 'P' })
  const bottle = () => place(page, pixelAt(CT_PHANTOM.water))
  const box = await shown.boundingBox()
  const middle = { x: (box?.x ?? 0) + (box?.width ?? 0) / 2, y: (box?.y ?? 0) + (box?.height ?? 0) / 2 }
  expect((await bottle()).x).toBeGreaterThan(middle.x)
  await page.keyboard.press('h')
  await expect.poll(() => letters(shown)).toEqual({ left: 'L', right: 'R', top: 'A', bottom: 'P' })
  expect((await bottle()).x).toBeLessThan(middle.x)
  await page.keyboard.press('h')
  await page.keyboard.press('r')
  await expect.poll(() => letters(shown)).toEqual({ left: 'P', right: 'A', top: 'R', bottom: 'L' })
  // What lay at the bottom right lies at the bottom left.
  expect((await bottle()).x).toBeLessThan(middle.x)
  expect((await bottle()).y).toBeGreaterThan(middle.y)
  await page.keyboard.press('Shift+H')
  await expect.poll(() => letters(shown)).toEqual({ left: 'P', right: 'A', top: 'L', bottom: 'R' })
  expect((await bottle()).y).toBeLessThan(middle.y)
})

test('a series is dragged into a tile of a 2 × 2 layout', async ({ page, url }) => {
  await open(page, url, 'Ada')
  await page.getByRole('button', { name: /^Layout/ }).click()
  await page.getByRole('menuitem', { name: '2 × 2' }).click()
  await expect(page.getByRole('region', { name: /^Tile \d/ })).toHaveCount(4)
  await page
    .getByRole('navigation', { name: 'Series' })
    .getByRole('button')
    .first()
    .dragTo(page.getByRole('region', { name: 'Tile 3, empty' }))
  await expect(tile(page, 3)).toContainText('Adams, Ada')
  await expect.poll(async () => (await state(page, 2))?.status).toBe('shown')
  expect((await state(page, 2))?.seriesId).toBe((await state(page, 0))?.seriesId)
  expect((await state(page, 1))?.status).toBe('empty')
})

test('two patients side by side carry a warning as long as both are seen', async ({ page, url }) => {
  await page.goto(url)
  await row(page, 'Ada').click()
  await row(page, 'Ben').click({ modifiers: ['Control'] })
  await page.getByRole('button', { name: /^Open/ }).click()
  const warning = page.getByRole('alert').filter({ hasText: 'different patients side by side' })
  await expect(warning).toContainText('Two')
  await expect(warning).toContainText('Adams, Ada')
  await expect(warning).toContainText('Brown, Ben')
  // Each tile names the patient of its own image.
  const named = async (name: string, other: string) => {
    const texts = await Promise.all([1, 2].map((number) => tile(page, number).textContent()))
    return texts.filter((text) => text?.includes(name) && !text.includes(other)).length
  }
  await expect.poll(() => named('Adams, Ada', 'Brown')).toBe(1)
  await expect.poll(() => named('Brown, Ben', 'Adams')).toBe(1)
  // The names stay where the other words over the images are put away.
  await page.keyboard.press('Shift+O')
  await expect(tile(page, 1)).not.toContainText('Zoom')
  for (const number of [1, 2]) await expect(tile(page, number)).toContainText(/Adams, Ada|Brown, Ben/)
  await page.getByRole('button', { name: /^Layout/ }).click()
  await page.getByRole('menuitem', { name: '1 × 1' }).click()
  await expect(warning).toHaveCount(0)
  await expect(tile(page, 1)).not.toContainText(/Adams|Brown/)
  await page.keyboard.press('Shift+O')
  await expect(tile(page, 1)).toContainText(/Zoom \d+ %/)
})

test('a clip plays by itself, not where nothing shall move, and pauses', async ({ page, url }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  const shown = await open(page, url, 'Cleo')
  await expect(shown).toContainText('Image 1 of 30')
  await expect.poll(async () => (await state(page))?.status).toBe('shown')
  await expect(shown.getByRole('button', { name: 'Play' })).toBeVisible()
  await page.emulateMedia({ reducedMotion: 'no-preference' })
  await page.getByRole('navigation', { name: 'Series' }).getByRole('button').filter({ hasText: 'US' }).click()
  await expect(shown.getByRole('button', { name: 'Pause' })).toBeVisible()
  const seen = new Set<number | undefined>()
  await expect.poll(async () => seen.add((await state(page))?.index).size, { intervals: [60] }).toBeGreaterThan(4)
  // Space presses the button that has the focus: here the series.
  await shown.focus()
  await page.keyboard.press(' ')
  await expect(shown.getByRole('button', { name: 'Play' })).toBeVisible()
  const stopped = (await state(page))?.index
  await page.waitForTimeout(300)
  expect((await state(page))?.index).toBe(stopped)
  // Faster and slower; the menu says how many frames of the clip a second has.
  await shown.getByRole('button', { name: 'Speed 1 times' }).click()
  await expect(page.getByRole('menuitemcheckbox', { name: /^1×/ })).toContainText('25 frames/s')
  await page.getByRole('menuitemcheckbox', { name: '4×' }).click()
  await expect(shown.getByRole('button', { name: 'Speed 4 times' })).toBeVisible()
  await shown.getByRole('button', { name: 'Play' }).click()
  await expect.poll(async () => (await state(page))?.index).not.toBe(stopped)
  await shown.getByRole('button', { name: 'Pause' }).click()
})

test('a document says what it is in place of pixels', async ({ page, url }) => {
  const shown = await open(page, url, 'Dora')
  const message = shown.getByRole('alert')
  await expect(message).toContainText('document')
  await expect(message).toContainText('Encapsulated PDF')
  await expect(message).toContainText('Explicit VR Little Endian')
  await expect(message).toContainText('not given')
  await expect(shown).toContainText('Davis, Dora')
  expect((await state(page))?.status).toBe('message')
  await expect(page.getByRole('button', { name: 'Play' })).toBeDisabled()
})

test('keys hide what is not image, and lead back to the list', async ({ page, url }) => {
  await open(page, url, 'Ada')
  const rail = page.getByRole('navigation', { name: 'Series' })
  const tools = page.getByRole('toolbar', { name: 'Tools' })
  await expect(rail).toBeVisible()
  await page.keyboard.press('\\')
  await expect(rail).toHaveCount(0)
  await expect(tools).toBeVisible()
  await page.keyboard.press('\\')
  await expect(rail).toBeVisible()
  await page.keyboard.press('F11')
  await expect(tools).toHaveCount(0)
  await expect(rail).toHaveCount(0)
  await page.keyboard.press('F11')
  await expect(tools).toBeVisible()
  await page.keyboard.press('a')
  await expect(page.getByRole('button', { name: 'Angle', pressed: true })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(row(page, 'Ada')).toBeVisible()
})
