import { parseArgs } from 'node:util'
import { step } from '../run/step.ts'
import { conclude } from '../run/tally.ts'
import type { Check, SoakOptions } from './check.ts'
import { damagedFrames } from './damagedFrames.ts'
import { damagedTiles } from './damagedTiles.ts'
import { damagedVideos } from './damagedVideos.ts'
import { manyStudies } from './manyStudies.ts'
import { volumes } from './volumes.ts'

const PARTS: Record<string, (options: SoakOptions) => Promise<Check[]>> = {
  studies: manyStudies,
  volumes,
  frames: damagedFrames,
  tiles: damagedTiles,
  videos: damagedVideos,
}

// usage: main.ts [--only studies|volumes|frames|tiles|videos] [--studies N] [--data DIR] [--frames N] [--from N] [--each N] [--videos N] [--seed N] [--codec NAME] [--built]
const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    studies: { type: 'string', default: '200' },
    data: { type: 'string', default: '' },
    frames: { type: 'string', default: '5000' },
    from: { type: 'string', default: '0' },
    videos: { type: 'string', default: '1000' },
    each: { type: 'string', default: '20' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    codec: { type: 'string', default: '' },
    built: { type: 'boolean', default: false },
  },
})
const chosen = Object.entries(PARTS).filter(([name]) => values.only === undefined || name === values.only)
if (chosen.length === 0)
  throw new Error(`No part of the soak is called ${values.only}. There are: ${Object.keys(PARTS).join(', ')}`)
const options: SoakOptions = {
  studies: positive('studies', values.studies),
  frames: positive('frames', values.frames),
  from: Number(values.from),
  videos: positive('videos', values.videos),
  each: positive('each', values.each),
  seed: Number(values.seed),
  codec: values.codec,
  data: values.data,
}
if (!values.built && (await step('npm', ['run', '--silent', 'build'])) !== 0) process.exit(1)

const checks: Check[] = []
for (const [name, run] of chosen) {
  const startedAt = Date.now()
  const found = await run(options).catch((error: unknown): Check[] => [
    { name, passed: false, told: error instanceof Error ? (error.stack ?? error.message) : String(error) },
  ])
  for (const check of found) console.log(`${check.passed ? 'ok    ' : 'FAILED'} ${check.name}: ${check.told}`)
  console.log(`       ${name} took ${Math.round((Date.now() - startedAt) / 1000)} s`)
  checks.push(...found)
}
const passed = checks.filter((check) => check.passed).length
conclude({ passed, failed: checks.length - passed, skipped: 0 })

function positive(name: string, value: string): number {
  if (!/^[1-9]\d*$/.test(value)) throw new Error(`--${name} takes a number, not "${value}".`)
  return Number(value)
}
