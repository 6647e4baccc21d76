import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { Changes } from '#electron/settings/changes.ts'
import type { Locks } from '#electron/settings/locks.ts'
import { writeDurably } from '#electron/settings/writeDurably.ts'
import type { ProfileParts, SiteProfile } from '#shared/contract/siteProfile.ts'
import { readSignedProfile, type SignedProfile } from './signedProfile.ts'

/** The profile that this workstation follows, as it was signed; its file is checked again at each start. */
export class FollowedProfile {
  private readonly file: string
  private readonly changes = new Changes()
  private followed: SignedProfile | undefined
  private isOpen = false
  /** Why there is none although there is a file; '' otherwise. */
  problem = ''

  constructor(file: string) {
    this.file = file
    const text = readIfPresent(file)
    if (text === undefined) return
    try {
      this.followed = readSignedProfile(text)
    } catch (error) {
      this.problem = `The site profile of this workstation is not in force. ${error instanceof Error ? error.message : ''}`
    }
  }

  current(): SignedProfile | undefined {
    return this.followed
  }

  /** What of one part may not be changed here; undefined also while the profile itself is being put in force. */
  locksOn<Part extends keyof ProfileParts>(part: Part): Locks<SiteProfile[Part]> {
    return {
      current: () => {
        const profile = this.isOpen ? undefined : this.followed?.profile
        return profile?.locks[part] ? profile[part] : undefined
      },
      onChange: (listener) => this.onChange(listener),
    }
  }

  /** Its own values go past the locks. */
  apply(work: () => void): void {
    this.isOpen = true
    try {
      work()
    } finally {
      this.isOpen = false
      this.changes.tell()
    }
  }

  follow(signed: SignedProfile): void {
    mkdirSync(dirname(this.file), { recursive: true })
    writeDurably(this.file, signed.text)
    this.followed = signed
    this.problem = ''
    this.changes.tell()
  }

  leave(): void {
    rmSync(this.file, { force: true })
    this.followed = undefined
    this.problem = ''
    this.changes.tell()
  }

  onChange(listener: () => void): () => void {
    return this.changes.onChange(listener)
  }
}

function readIfPresent(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
