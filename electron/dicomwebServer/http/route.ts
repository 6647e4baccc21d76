import { isAcceptableUID } from '#shared/dicom/uid.ts'
import { BASE_PATH } from '../webApi.ts'
import { WebRefusal } from './webRefusal.ts'

export interface Target {
  study?: string
  series?: string
  instance?: string
}

export type Route =
  | { kind: 'search'; level: 'STUDY' | 'SERIES' | 'IMAGE'; target: Target }
  | { kind: 'store'; target: Target }
  | { kind: 'instances' | 'metadata'; target: Target }
  | { kind: 'rendered' | 'thumbnail'; target: Target; frames: number[] }
  | { kind: 'frames'; target: Target; frames: number[] }
  | { kind: 'bulkData'; target: Target; path: string[] }
  | { kind: 'changes' }
  | { kind: 'statistics' }

const FRAMES_MAX = 4096
const PATH_DEPTH_MAX = 65

/** R118: beside the resources of the standard, where programs that know Orthanc look for them. */
const FEEDS = new Map<string, Route>([
  ['/changes', { kind: 'changes' }],
  ['/statistics', { kind: 'statistics' }],
])

/** What the path of a request names (PS3.18 10.1 to 10.6). Throws WebRefusal: 400 for what is no UID, 404, 405. */
export function routeOf(method: string, pathname: string): Route {
  const segments = segmentsOf(pathname)
  const route =
    FEEDS.get(pathname) ??
    (segments && (storeRoute(method, segments) ?? searchRoute(segments) ?? retrieveRoute(segments)))
  if (!route) throw new WebRefusal(404, `There is no such resource. Resources begin with ${BASE_PATH}/studies.`)
  const wanted = route.kind === 'store' ? 'POST' : 'GET'
  if (method !== wanted && !(wanted === 'GET' && method === 'HEAD')) {
    const allow = segments?.length === 1 ? 'GET, POST' : wanted
    throw new WebRefusal(405, `${allow} is all that this resource answers.`, { allow })
  }
  return route
}

/** Behind the base path, without the slash that some clients put at the end; undefined when it is another path. */
function segmentsOf(pathname: string): string[] | undefined {
  if (pathname !== BASE_PATH && !pathname.startsWith(`${BASE_PATH}/`)) return undefined
  const rest = pathname.slice(BASE_PATH.length + 1).replace(/\/$/, '')
  try {
    return rest.split('/').map((segment) => decodeURIComponent(segment))
  } catch {
    throw new WebRefusal(400, 'The path has a percent sign that encodes nothing.')
  }
}

function storeRoute(method: string, [studies, study, ...more]: string[]): Route | undefined {
  if (method !== 'POST' || studies !== 'studies' || more.length > 0) return undefined
  return { kind: 'store', target: study === undefined ? {} : { study: uid(study) } }
}

function searchRoute(segments: string[]): Route | undefined {
  const [first, study, second, series, third] = segments
  if (segments.length === 1) {
    if (first === 'studies') return { kind: 'search', level: 'STUDY', target: {} }
    if (first === 'series') return { kind: 'search', level: 'SERIES', target: {} }
    return first === 'instances' ? { kind: 'search', level: 'IMAGE', target: {} } : undefined
  }
  if (first !== 'studies' || study === undefined) return undefined
  if (segments.length === 3) {
    if (second === 'series') return { kind: 'search', level: 'SERIES', target: { study: uid(study) } }
    return second === 'instances' ? { kind: 'search', level: 'IMAGE', target: { study: uid(study) } } : undefined
  }
  if (segments.length !== 5 || second !== 'series' || third !== 'instances') return undefined
  return { kind: 'search', level: 'IMAGE', target: { study: uid(study), series: uid(series ?? '') } }
}

function retrieveRoute(segments: string[]): Route | undefined {
  if (segments[0] !== 'studies' || segments[1] === undefined) return undefined
  const target: Target = { study: uid(segments[1]) }
  let rest = segments.slice(2)
  if (rest[0] === 'series' && rest[1] !== undefined) {
    target.series = uid(rest[1])
    rest = rest.slice(2)
    if (rest[0] === 'instances' && rest[1] !== undefined) {
      target.instance = uid(rest[1])
      rest = rest.slice(2)
    }
  }
  const [what, ...more] = rest
  if (what === undefined) return { kind: 'instances', target }
  if (what === 'metadata' && more.length === 0) return { kind: 'metadata', target }
  if ((what === 'rendered' || what === 'thumbnail') && more.length === 0) return { kind: what, target, frames: [] }
  if (target.instance === undefined) return undefined
  if (what === 'bulkdata' && more.length > 0) return { kind: 'bulkData', target, path: bulkPath(more) }
  const [list, how, ...beyond] = more
  if (what !== 'frames' || list === undefined || beyond.length > 0) return undefined
  const frames = frameList(list)
  if (how === undefined) return { kind: 'frames', target, frames }
  return how === 'rendered' || how === 'thumbnail' ? { kind: how, target, frames } : undefined
}

function uid(text: string): string {
  if (isAcceptableUID(text)) return text
  throw new WebRefusal(400, 'The path has something that is no UID where one belongs.')
}

/** From 1 on, in the order of the list (PS3.18 10.4.1.1.6). */
function frameList(text: string): number[] {
  const numbers = text.split(',', FRAMES_MAX + 1)
  if (numbers.length > FRAMES_MAX) throw new WebRefusal(400, `At most ${FRAMES_MAX} frames are given at a time.`)
  return numbers.map((each) => {
    if (!/^[1-9]\d{0,6}$/.test(each)) throw new WebRefusal(400, 'Frames are numbers from 1 on, separated by commas.')
    return Number(each)
  })
}

/** Tags, with the numbers of items between them. */
function bulkPath(path: string[]): string[] {
  const isRight = path.every((each, at) => (at % 2 === 0 ? /^[0-9A-F]{8}$/i : /^\d{1,6}$/).test(each))
  if (!isRight || path.length % 2 === 0 || path.length > PATH_DEPTH_MAX)
    throw new WebRefusal(404, 'There is no such bulk data. Its addresses stand in the metadata.')
  return path
}
