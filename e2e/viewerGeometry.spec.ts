import type { Page } from '@playwright/test'
import type { MeasuredValue } from '#shared/imaging/measuredValue.ts'
import { expect } from './browser/test.ts'
import { open, place, state, test, tile, UNEQUAL } from './browser/viewerStudies.ts'
import { connect } from './workstation/connect.ts'

type Mm = readonly [x: number, y: number]

const { rows, columns, down, across } = UNEQUAL
/** Millimetres from the middle of the image as columns and rows. */
const pixelOf = ([x, y]: Mm): Mm => [columns / 2 + x / across, rows / 2 + y / down]
/** A figure as the examination has it: never along rows and columns. */
const leaning = (degrees: number, [x, y]: Mm): Mm => {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)]
  return [x * cos - y * sin, x * sin + y * cos]
}

/** Where millimetres lie in the page: asked once for each way of looking, as the picture stays where it is. */
let placeOf: (at: Mm) => Mm = (at) => at

async function lookUp(page: Page): Promise<void> {
  const corners = await Promise.all(
    (
      [
        [0, 0],
        [1, 0],
        [0, 1],
      ] as const
    ).map((at) => place(page, pixelOf(at))),
  )
  const [origin, right, below] = corners
  if (!origin || !right || !below) throw new Error('No image is drawn')
  placeOf = ([x, y]) => [
    origin.x + x * (right.x - origin.x) + y * (below.x - origin.x),
    origin.y + x * (right.y - origin.y) + y * (below.y - origin.y),
  ]
}

async function drag(page: Page, from: Mm, to: Mm): Promise<void> {
  await page.mouse.move(...placeOf(from))
  await page.mouse.down()
  await page.mouse.move(...placeOf(to))
  await page.mouse.up()
}

async function clicks(page: Page, points: readonly Mm[]): Promise<void> {
  for (const point of points) {
    await page.mouse.move(...placeOf(point))
    await page.mouse.down()
    await page.mouse.up()
  }
}

interface Figure {
  kind: MeasuredValue['kind']
  key: string
  draw(page: Page): Promise<void>
  /** What it must be, and what was found, each in its unit. */
  told(measured: MeasuredValue): (readonly [found: number, known: number, unit: 'share' | 'degrees'])[]
}

const angleEnd = (degrees: number): Mm => leaning(degrees, [30, 0])
const numberOf = (measured: MeasuredValue, name: string) => Number(Reflect.get(measured, name))

const figures: readonly Figure[] = [
  {
    ...{ kind: 'length', key: 'l', draw: (page) => drag(page, [-30, -18], [18, 18]) },
    told: (measured) => [[numberOf(measured, 'length'), 60, 'share']],
  },
  {
    ...{ kind: 'angle', key: 'a', draw: (page) => clicks(page, [angleEnd(12), [0, 0], angleEnd(49.3)]) },
    told: (measured) => [[numberOf(measured, 'degrees'), 37.3, 'degrees']],
  },
  {
    ...{ kind: 'rectangle', key: 'q', draw: (page) => drag(page, [-14, -12], [10, 13]) },
    told: (measured) => [
      [numberOf(measured, 'area'), 24 * 25, 'share'],
      [measured.kind === 'rectangle' ? (measured.statistics?.mean ?? 0) : 0, UNEQUAL.hu, 'share'],
    ],
  },
  {
    ...{ kind: 'ellipse', key: 'e', draw: (page) => drag(page, [-15, -10], [15, 10]) },
    told: (measured) => [[numberOf(measured, 'area'), Math.PI * 150, 'share']],
  },
]

/** Hearts, hips and knees: one a way of looking. */
const guided: readonly Figure[] = [
  {
    kind: 'plateau',
    key: 'Shift+P',
    draw: (page) =>
      clicks(
        page,
        [
          [0, 0],
          [0, 30],
          [-12, -4],
          [8, 4],
        ].map((at) => leaning(20, at as unknown as Mm)),
      ),
    told: (measured) => [[numberOf(measured, 'degrees'), (Math.atan(0.4) * 180) / Math.PI, 'degrees']],
  },
  {
    kind: 'norberg',
    key: 'Shift+V',
    draw: (page) => {
      const head = (x: number): Mm[] => [
        [x + 8, 0],
        [x, 8],
        [x - 8, 0],
      ]
      const points: Mm[] = [...head(-22), ...head(22), [-28, -12], [22, -15]]
      return clicks(
        page,
        points.map((at) => leaning(8, at)),
      )
    },
    told: (measured) => [
      [numberOf(measured, 'first'), 90 + (Math.atan(0.5) * 180) / Math.PI, 'degrees'],
      [numberOf(measured, 'second'), 90, 'degrees'],
    ],
  },
  {
    kind: 'heartScore',
    key: 'v',
    draw: (page) => {
      const axes: Mm[] = [
        [-20, 10],
        [7, 46 - 10],
        [-15, 20],
        [9, 2],
      ]
      // 45 and 30 mm; vertebrae of 10 mm.
      const edges = Array.from({ length: 6 }, (_, at): Mm => [-30 + 10 * at, -25])
      return clicks(
        page,
        [...axes, ...edges].map((at) => leaning(-5, at)),
      )
    },
    told: (measured) => [[numberOf(measured, 'score'), (Math.hypot(27, 26) + 30) / 10, 'share']],
  },
]

/** Keys that turn and flip, and the letters at the left and top edges when that is drawn. */
const ways = [
  { keys: ['r'], left: 'P', top: 'R' },
  { keys: ['h'], left: 'L', top: 'A' },
  { keys: ['r', 'r', 'r', 'Shift+H'], left: 'A', top: 'R' },
]

/** Turned, flipped, moved and zoomed, and drawn so. */
async function look(page: Page, { keys, left, top }: (typeof ways)[number]): Promise<void> {
  const letters = async (atLeft: string, atTop: string) => {
    await expect(tile(page).locator('[data-edge="left"]')).toHaveText(atLeft)
    await expect(tile(page).locator('[data-edge="top"]')).toHaveText(atTop)
  }
  await page.keyboard.press('0')
  await letters('R', 'A')
  for (const key of keys) await page.keyboard.press(key)
  await letters(left, top)
  const zoom = tile(page).getByText(/^Zoom/)
  const before = (await zoom.textContent()) ?? ''
  const box = await tile(page).boundingBox()
  const [x, y] = [(box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + (box?.height ?? 0) / 2]
  await page.keyboard.press('p')
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.mouse.move(x + 17, y - 11)
  await page.mouse.up()
  await page.keyboard.down('Control')
  await page.mouse.wheel(0, -100)
  await page.keyboard.up('Control')
  await expect(zoom).not.toHaveText(before)
  await lookUp(page)
}

test('known lengths, angles, areas, densities and animal measures are told as they are, however the picture is turned', async ({
  page,
  url,
}) => {
  using connection = await connect(url)
  await open(page, url, 'Moss')
  await expect.poll(async () => (await state(page))?.cachedFrames).toBe(UNEQUAL.slices)
  const drawn: Figure[] = []
  for (const [number, way] of ways.entries()) {
    await look(page, way)
    const special = guided[number]
    for (const figure of special ? [...figures, special] : figures) {
      await page.keyboard.press(figure.key)
      await figure.draw(page)
      drawn.push(figure)
      await page.keyboard.press('ArrowDown')
    }
  }
  const studies = (await connection.ask.studies.list({ text: 'Moss' })).rows
  const kept = async () =>
    (await connection.ask.measurements.list({ studyIds: studies.map(({ studyId }) => studyId) })).map(
      ({ measured }) => measured,
    )
  await expect.poll(async () => (await kept()).length).toBe(drawn.length)
  const worst = { share: 0, degrees: 0 }
  let compared = 0
  const seen = await kept()
  for (const { kind, told } of new Set(drawn)) {
    for (const measured of seen.filter((each) => each.kind === kind)) {
      for (const [found, known, unit] of told(measured)) {
        const error = unit === 'share' ? Math.abs(found / known - 1) : Math.abs(found - known)
        compared += 1
        worst[unit] = Math.max(worst[unit], Number.isNaN(error) ? 1 : error)
      }
    }
  }
  const text = `${compared} values in ${ways.length} ways of looking: largest error ${(worst.share * 100).toExponential(1)} %, ${worst.degrees.toExponential(1)} degrees`
  test.info().annotations.push({ type: 'geometry', description: text })
  console.log(text)
  // A rectangle tells area and density, hips both angles.
  expect(compared).toBe(drawn.length + ways.length + 1)
  expect(worst.share, text).toBeLessThan(0.001)
  expect(worst.degrees, text).toBeLessThan(0.1)
})
