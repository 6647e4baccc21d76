/** What the page itself was loaded from; its name is made of its content. */
export function ownEntry(): string {
  const script = document.querySelector<HTMLScriptElement>('script[type="module"][src]')
  return script?.src.split('/').at(-1) ?? ''
}

/**
 * Whether the workstation serves another page by now: it was updated, and started again, while this one stayed open. What
 * this page still has to load is there no more. The desktop program's windows come and go with it.
 */
export async function isOutdated(): Promise<boolean> {
  const own = ownEntry()
  if (own === '' || location.protocol === 'app:') return false
  try {
    const answer = await fetch('./', { cache: 'no-store' })
    const text = answer.ok ? await answer.text() : ''
    return text.includes('id="root"') && !text.includes(own)
  } catch {
    // Nobody answers: that is said already.
    return false
  }
}
