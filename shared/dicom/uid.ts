const UID_MAX = 64

/** PS3.5 9.1: components of digits without leading zeros, joined by dots, at most 64 characters. */
export function isUID(value: string): boolean {
  return value.length <= UID_MAX && /^(?:0|[1-9]\d*)(?:\.(?:0|[1-9]\d*))+$/.test(value)
}

/**
 * What identifies an object in the field: leading zeros are common, and anonymizers put hexadecimal hashes where a UID
 * belongs. One rule for everything that takes objects in, so that none is known under two names. What is no identifier
 * at all (a path, an empty or overlong one) is not acceptable.
 */
export function isAcceptableUID(value: string): boolean {
  return value.length <= UID_MAX && /^[0-9A-Za-z][0-9A-Za-z.]*$/.test(value)
}

/** A new UID under 2.25 (PS3.5 B.2): the UUID as one decimal number. */
export function newUID(): string {
  return `2.25.${BigInt(`0x${crypto.randomUUID().replaceAll('-', '')}`)}`
}

/** (0002,0012), and what an association announces (PS3.7 D.3.3.2). One for all versions of this program. */
export const IMPLEMENTATION_CLASS_UID = '2.25.80096390605362423774736703217589521920'

/** (0002,0013), at most 16 characters. */
export const IMPLEMENTATION_VERSION_NAME = 'NEGATOSCOPE_0_1'
