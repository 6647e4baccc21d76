import { describe, expect, test } from 'vitest'
import { containsKey, matches, plainKey, rangeKey, startsWithKey } from './matching.ts'

describe('keys for a query', () => {
  test('typed text finds it anywhere, typed wildcards stay', () => {
    expect(containsKey(' okafor ')).toBe('*okafor*')
    expect(startsWithKey('oka')).toBe('oka*')
    expect(containsKey('oka*')).toBe('oka*')
    expect(containsKey('')).toBe('')
  })

  test('a typed backslash cannot make a list, control characters go', () => {
    expect(plainKey('a\\b')).toBe('a?b')
    expect(plainKey('a\r\nb')).toBe('ab')
  })

  test('a range may be open at either end', () => {
    expect(rangeKey('20260101', '20260131')).toBe('20260101-20260131')
    expect(rangeKey('20260101', undefined)).toBe('20260101-')
    expect(rangeKey(undefined, '20260131')).toBe('-20260131')
    expect(rangeKey('20260101', '20260101')).toBe('20260101')
    expect(rangeKey(undefined, undefined)).toBe('')
  })
})

describe('matching (PS3.4 C.2.2.2)', () => {
  test.each([
    ['LO', '', 'anything', true],
    ['PN', 'oka*', 'Okafor^Adaeze', true],
    ['PN', '*adaeze', 'Okafor^Adaeze', true],
    ['PN', 'okafor', 'Okafor^Adaeze', false],
    ['LO', 'V-1982?', 'V-19822', true],
    ['LO', 'V-1982?', 'V-1982', false],
    ['UI', '1.2\\1.3', '1.3', true],
    ['UI', '1.*', '1.3', false],
    ['CS', 'CT', 'CT\\DX', true],
    ['CS', 'ct', 'CT', false],
    ['AE', 'pacs', 'PACS', false],
    ['DA', '20260101-20260131', '20260115', true],
    ['DA', '20260101-20260131', '20260201', false],
    ['DA', '-20260131', '19990101', true],
    ['DA', '-20260131', '', false],
    ['DA', '20260115', '2026.01.15', true],
    ['TM', '1021-1022', '102259', true],
    ['TM', '102100-', '1021', true],
    ['TM', '1021', '102130', true],
    ['IS', '5', '5', true],
  ])('%s key %j and value %j: %s', (vr, key, value, expected) => {
    expect(matches(vr, key, value)).toBe(expected)
  })

  test('a key of many stars costs nothing', () => {
    const started = performance.now()
    expect(matches('LO', `${'*a'.repeat(32)}b`, 'a'.repeat(10_000))).toBe(false)
    expect(performance.now() - started).toBeLessThan(10_000)
  })
})
