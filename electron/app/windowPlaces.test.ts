import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { boundsOn, openWindowPlaces, windowNumberOf } from './windowPlaces.ts'

const left = { x: 0, y: 0, width: 1920, height: 1080 }
const right = { x: 1920, y: 0, width: 2560, height: 1440 }

test('a window goes back to its monitor, and is not lost where that is gone', () => {
  const there = { x: 2000, y: 40, width: 1400, height: 900 }
  expect(boundsOn([left, right], there)).toEqual(there)
  expect(boundsOn([left], there)).toBeUndefined()
  expect(boundsOn([left], undefined)).toBeUndefined()
  // Its title bar is above the screen, or only a strip of it is left.
  expect(boundsOn([left], { ...there, x: 0, y: -300 })).toBeUndefined()
  expect(boundsOn([left], { ...there, x: 1900, y: 10 })).toBeUndefined()
})

test('places are kept by number, over a restart', () => {
  const folder = mkdtempSync(join(tmpdir(), 'negatoscope-windows-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const places = openWindowPlaces(folder)
  places.keep({ number: 2, path: '/', bounds: right, maximised: true, open: true })
  places.keep({ number: 1, path: '/', bounds: left, maximised: false, open: true })
  places.keep({ number: 2, path: '/', bounds: left, maximised: false, open: false })
  expect(openWindowPlaces(folder).all()).toEqual([
    { number: 1, path: '/', bounds: left, maximised: false, open: true },
    { number: 2, path: '/', bounds: left, maximised: false, open: false },
  ])
})

test('only our own page opens windows, and only numbered ones', () => {
  expect(windowNumberOf('app://workstation/#window=2')).toBe(2)
  expect(windowNumberOf('app://workstation/practice/#window=9')).toBe(9)
  for (const url of [
    'app://workstation/',
    'app://workstation/#window=1',
    'app://workstation/#window=22',
    'https://example.org/#window=2',
  ])
    expect(windowNumberOf(url)).toBeUndefined()
})
