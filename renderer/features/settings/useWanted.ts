import { useEffect, useState } from 'react'
import type { Settings } from '#shared/contract/settings.ts'
import { save } from './saveSettings.ts'

/** Shows what a person chose at once; what could not be set goes back to what is. */
export function useWanted<Name extends keyof Settings>(
  name: Name,
  current: Settings[Name],
): [Settings[Name], (value: Settings[Name]) => void] {
  const [wanted, setWanted] = useState<{ value: Settings[Name] }>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is now is newer than what was wanted
  useEffect(() => setWanted(undefined), [current])
  const choose = async (value: Settings[Name]) => {
    setWanted({ value })
    if (!(await save({ [name]: value }))) setWanted(undefined)
  }
  return [wanted ? wanted.value : current, (value) => void choose(value)]
}
