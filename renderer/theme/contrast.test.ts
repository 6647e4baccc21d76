import { describe, expect, it } from 'vitest'
import tokensCss from './tokens.css?raw'

/** Custom properties of one theme block. */
function tokensOf(selector: string): Map<string, string> {
  const block = new RegExp(`${selector.replace(/[[\]"]/g, '\\$&')} \\{([^}]*)\\}`).exec(tokensCss)?.[1] ?? ''
  return new Map([...block.matchAll(/(--[\w-]+):\s*(#[0-9a-f]{6});/g)].map((m) => [m[1] ?? '', m[2] ?? '']))
}

/** WCAG 2.2, definition of relative luminance. */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)) as [number, number, number]
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

const surfaces = ['--bg-0', '--bg-1', '--bg-2', '--bg-3', '--hover', '--well']
const pairs: { token: string; on: string[]; least: number }[] = [
  { token: '--text-1', on: [...surfaces, '--bg-4', '--accent-weak'], least: 7 },
  { token: '--text-2', on: [...surfaces, '--bg-4', '--accent-weak'], least: 4.5 },
  { token: '--text-3', on: [...surfaces, '--accent-weak', '--bg-4'], least: 4.5 },
  { token: '--accent', on: [...surfaces, '--accent-weak'], least: 4.5 },
  { token: '--ok', on: [...surfaces, '--ok-weak', '--accent-weak'], least: 4.5 },
  { token: '--warn', on: [...surfaces, '--warn-weak', '--accent-weak'], least: 4.5 },
  { token: '--bad', on: [...surfaces, '--bad-weak', '--accent-weak'], least: 4.5 },
  { token: '--accent-on', on: ['--accent-fill'], least: 4.5 },
  { token: '--warn-on', on: ['--warn'], least: 4.5 },
  { token: '--line-3', on: ['--bg-1', '--bg-2', '--bg-3', '--well'], least: 3 },
]

describe.each(['[data-theme="dark"]', '[data-theme="light"]', '[data-theme="high-contrast"]'])('theme %s', (theme) => {
  const tokens = tokensOf(theme)
  it.each(pairs)('$token is readable on every surface where it stands', ({ token, on, least }) => {
    const colour = tokens.get(token)
    expect(colour, token).toBeDefined()
    for (const surface of on) {
      const behind = tokens.get(surface)
      expect(behind, surface).toBeDefined()
      expect(contrast(colour ?? '', behind ?? ''), `${token} on ${surface}`).toBeGreaterThanOrEqual(least)
    }
  })
})
