import { create } from 'zustand'
import type { PatientFacts } from '#shared/dicom/samePatient.ts'
import { rememberedUnder } from '../../api/practice.ts'
import { keepWindowEntry, MOST_WINDOWS, ownNumber, setOwnNumber, windowEntryOf } from '../../app/ownWindow.ts'
import { type Slice, type WindowMessage, windowMessage } from './windowMessage.ts'

interface OtherWindow {
  number: number
  title: string
  patients: readonly { facts: PatientFacts; name: string }[]
  slice: Slice | null
  frames: readonly string[]
}

interface Windows {
  own: number
  /** By who they say they are. */
  others: ReadonlyMap<string, OtherWindow>
  /** Whether stacks scroll together with those of other windows. */
  linked: boolean
}

/** The windows of this workstation that are open beside this one. */
export const useWindows = create<Windows>(() => ({ own: 1, others: new Map(), linked: true }))

const self = crypto.randomUUID()
const since = performance.timeOrigin
/** A reload says farewell too, and is back by then. */
const GONE_MS = 2000

type Unsent<Message> = Message extends { from: string } ? Omit<Message, 'from'> : never
type Heard = Extract<WindowMessage, { kind: 'slice' | 'measured' }>

let channel: BroadcastChannel | undefined

export function tellWindows(message: Unsent<WindowMessage>): void {
  channel?.postMessage({ ...message, from: self })
}

/** From now on the windows know of each other. `shown` says what this one shows. */
export function meetWindows(
  shown: () => { title: string; patients: OtherWindow['patients'] },
  heard: (message: Heard) => void,
): () => void {
  useWindows.setState({ own: ownNumber() })
  channel = new BroadcastChannel(rememberedUnder('negatoscope.windows'))
  const sayHere = (asks: boolean) => {
    const { title, patients } = shown()
    tellWindows({ ...{ kind: 'here', number: useWindows.getState().own, since, title, asks }, patients: [...patients] })
  }
  channel.addEventListener('message', ({ data }) => {
    const parsed = windowMessage.safeParse(data)
    if (!parsed.success) return
    const message = parsed.data
    if (message.kind === 'here') {
      // First: what is told of a place means something to those only who know the window.
      if (message.asks) sayHere(false)
      meet(message)
    } else if (message.kind === 'gone') part(message.from)
    else {
      if (message.kind === 'slice') know(message.from, { slice: message.slice, frames: message.frames })
      heard(message)
    }
  })
  window.addEventListener('pagehide', () => tellWindows({ kind: 'gone' }))
  // Out of the cache of a browser's Back button.
  window.addEventListener('pageshow', ({ persisted }) => persisted && sayHere(true))
  sayHere(true)
  return () => sayHere(false)

  function meet({ from, number, since: theirs, title, patients }: Extract<WindowMessage, { kind: 'here' }>): void {
    know(from, { number, title, patients })
    const isYounger = since > theirs || (since === theirs && self > from)
    if (number !== useWindows.getState().own || !isYounger) return
    // A tab that was duplicated, or a second one of the same address.
    const taken = new Set([...useWindows.getState().others.values()].map((other) => other.number))
    const free = Array.from({ length: MOST_WINDOWS }, (_, at) => at + 1).find((each) => !taken.has(each))
    if (free === undefined) return
    setOwnNumber(free)
    useWindows.setState({ own: free })
    sayHere(true)
  }
}

function know(from: string, part: Partial<OtherWindow>): void {
  const others = new Map(useWindows.getState().others)
  const known = others.get(from) ?? { number: 0, title: '', patients: [], slice: null, frames: [] }
  // Of whom nothing but a place is known yet is no window to speak of.
  if (known.number === 0 && part.number === undefined) return
  others.set(from, { ...known, ...part })
  useWindows.setState({ others })
}

function part(from: string): void {
  const others = new Map(useWindows.getState().others)
  const gone = others.get(from)
  if (!gone) return
  others.delete(from)
  useWindows.setState({ others })
  setTimeout(() => {
    // This window is still here: that one was closed, and not the browser.
    if (numbersHere().has(gone.number)) return
    const entry = windowEntryOf(gone.number)
    if (entry?.open) keepWindowEntry(gone.number, { ...entry, open: false })
  }, GONE_MS)
}

function numbersHere(): Set<number> {
  const { own, others } = useWindows.getState()
  return new Set([own, ...[...others.values()].map(({ number }) => number)])
}

/** Numbers from 2 on that no open window has; those that were written down last of all. */
export function freeNumber(): number | undefined {
  const here = numbersHere()
  const free = Array.from({ length: MOST_WINDOWS - 1 }, (_, at) => at + 2).filter((each) => !here.has(each))
  return free.find((each) => !windowEntryOf(each)?.open) ?? free[0]
}

/** Windows that were open when the browser or the program was left. */
export function windowsToOpenAgain(): { number: number; title: string }[] {
  const here = numbersHere()
  return Array.from({ length: MOST_WINDOWS - 1 }, (_, at) => at + 2).flatMap((number) => {
    const entry = here.has(number) ? undefined : windowEntryOf(number)
    return entry?.open ? [{ number, title: entry.title }] : []
  })
}
