import type { KnockAdvice } from '#shared/contract/devices.ts'
import { type NearMiss, nearMiss } from '#shared/dicom/nearMiss.ts'
import type { Device } from './deviceList.ts'
import type { RefusedCaller } from './knocks.ts'

/** A server of the editor may call too. */
export interface KnownServer {
  aeTitle: string
  host: string
  name: string
}

export interface KnownHere {
  aeTitle: string
  devices: readonly Device[]
  servers: readonly KnownServer[]
}

interface Candidate {
  name: string
  aeTitle: string
  address: string
  deviceId: number | null
}

const unmarked = { saidAt: [], knownAt: [] }

/** What a person at the refused device most probably mistyped, the likeliest first; [] where nothing looks alike. */
export function knockAdvice(knock: RefusedCaller, here: KnownHere): KnockAdvice[] {
  const known = candidatesOf(here)
  if (knock.aeTitle === here.aeTitle && knock.calledAETitle !== here.aeTitle) {
    const isKnown = known.some(({ aeTitle }) => aeTitle === knock.calledAETitle)
    const { aeTitle: said, calledAETitle } = knock
    return [
      {
        ...{
          kind: 'swapped',
          title: `${isKnown ? 'The' : 'Most probably the'} two AE titles are swapped`,
          said,
          known: calledAETitle,
          deviceId: null,
        },
        ...unmarked,
        words: `It calls itself ${said}, which is our name, and calls us ${calledAETitle}${isKnown ? '' : ', which may be its own'}. Exchange them at the device.`,
      },
    ]
  }
  return [calledAdvice(knock, here.aeTitle), callingAdvice(knock, known)].filter((advice) => advice !== undefined)
}

function calledAdvice({ calledAETitle: said }: RefusedCaller, own: string): KnockAdvice | undefined {
  if (said === own) return undefined
  const near = nearMiss(said, own)
  const parties = { said, known: own, deviceId: null }
  if (near)
    return {
      ...{ kind: 'called', title: 'It nearly calls us by our name', ...parties, ...marks(near) },
      words: `${near.words} Correct it at the device, or answer to this name as well.`,
    }
  return {
    ...{ kind: 'other-called', title: 'It asks for another AE title', ...parties, ...unmarked },
    words: `The device may still have the name of an older PACS. Enter ${own} there, or answer to this name as well.`,
  }
}

function callingAdvice(knock: RefusedCaller, known: readonly Candidate[]): KnockAdvice | undefined {
  const said = knock.aeTitle
  const same = known.find(({ aeTitle }) => aeTitle === said)
  if (same) return sameNameAdvice(knock, same)
  const near = known
    .flatMap((candidate) => {
      const miss = nearMiss(said, candidate.aeTitle)
      return miss ? [{ candidate, miss, isSameAddress: candidate.address === knock.address }] : []
    })
    .toSorted((a, b) => Number(b.isSameAddress) - Number(a.isSameAddress))[0]
  if (!near) return undefined
  const { candidate, miss, isSameAddress } = near
  return {
    kind: 'alias',
    title: `${isSameAddress ? 'Almost certainly' : 'Probably'} your ${candidate.name}`,
    words: `${miss.words} ${isSameAddress ? 'Same address.' : addressWords(candidate)}`,
    // From another address it may be a second device: then nothing is taken for granted.
    ...{
      said,
      known: candidate.aeTitle,
      deviceId: isSameAddress || candidate.address === '' ? candidate.deviceId : null,
    },
    ...marks(miss),
  }
}

function sameNameAdvice(
  knock: RefusedCaller,
  { name, aeTitle, address, deviceId }: Candidate,
): KnockAdvice | undefined {
  if (address === '' || address === knock.address) return undefined
  return {
    ...{ kind: 'address', title: `${name} calls from another address`, said: knock.address, known: address, deviceId },
    ...unmarked,
    words: `${aeTitle} is known at ${address}. If it got a new address, accept that; a fixed one keeps it from happening again.`,
  }
}

function candidatesOf({ devices, servers }: KnownHere): Candidate[] {
  const fromDevices = devices
    .filter(({ access }) => access === 'allow')
    .flatMap(({ deviceId, address, aeTitle, aliases }) =>
      [aeTitle, ...aliases].map((known) => ({ name: aeTitle, aeTitle: known, address, deviceId })),
    )
  const fromServers = servers.map(({ name, aeTitle, host }) => ({ name, aeTitle, address: host, deviceId: null }))
  return [...fromDevices, ...fromServers]
}

function addressWords({ address }: Candidate): string {
  return address === '' ? '' : `That one is at ${address}, though.`
}

function marks({ saidAt, knownAt }: NearMiss): { saidAt: number[]; knownAt: number[] } {
  return { saidAt, knownAt }
}
