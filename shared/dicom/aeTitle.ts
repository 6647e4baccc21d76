export const AE_TITLE_MAX = 16

/**
 * What is wrong with an AE title, as a sentence; undefined when it is right.
 * PS3.5 6.2 (AE): at most 16 characters of the default repertoire without backslash and control characters, leading and
 * trailing spaces not significant, not spaces only. Letter case is significant (R010).
 */
export function aeTitleProblem(value: string): string | undefined {
  if (value.trim() === '') return 'Enter an AE title: up to 16 letters, digits or underscores.'
  if (value !== value.trim()) return 'An AE title cannot start or end with a space.'
  if (value.length > AE_TITLE_MAX) return `An AE title has at most 16 characters; this one has ${value.length}.`
  if (!/^[\x20-\x5b\x5d-\x7e]+$/.test(value))
    return 'Only plain letters, digits and signs, no backslash and no accents.'
  return undefined
}
