import { useEffect, useState } from 'react'

const taken = new Set<string>()

function take(): string {
  let number = 1
  while (taken.has(`radio-${number}`)) number += 1
  const name = `radio-${number}`
  taken.add(name)
  return name
}

/**
 * The name that makes radio buttons one group, no other group's at the same time. Chromium keeps a record of each name
 * that was ever used in a page, and the memory around it: a new one each time a control appears would make it grow.
 */
export function useRadioName(): string {
  const [name] = useState(take)
  useEffect(() => {
    taken.add(name)
    return () => void taken.delete(name)
  }, [name])
  return name
}
