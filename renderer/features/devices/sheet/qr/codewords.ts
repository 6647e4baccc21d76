import { correction } from './reedSolomon.ts'

/** Level M: a seventh of the symbol may be dirty. By version, from 1 (ISO/IEC 18004 table 9). */
const CORRECTION_OF_BLOCK = [10, 16, 26, 18, 24, 16, 18, 22, 22, 26]
const BLOCKS = [1, 1, 1, 2, 2, 4, 4, 4, 5, 5]

/** Modules that hold data and correction. */
function rawModules(version: number): number {
  let result = (16 * version + 128) * version + 64
  if (version >= 2) {
    const aligned = Math.floor(version / 7) + 2
    result -= (25 * aligned - 10) * aligned - 55
    if (version >= 7) result -= 36
  }
  return result
}

interface Shape {
  blocks: number
  correction: number
  total: number
  data: number
}

function shapeOf(version: number): Shape {
  const [blocks, own] = [BLOCKS[version - 1] ?? 1, CORRECTION_OF_BLOCK[version - 1] ?? 0]
  const total = Math.floor(rawModules(version) / 8)
  return { blocks, correction: own, total, data: total - blocks * own }
}

/** Byte mode counts in 8 bits up to version 9, in 16 from 10 on. */
const lengthBits = (version: number) => (version < 10 ? 8 : 16)

/** The smallest version that holds the text; undefined when none up to 10 does. */
export function versionFor(bytes: Uint8Array): number | undefined {
  for (let version = 1; version <= BLOCKS.length; version += 1)
    if (4 + lengthBits(version) + 8 * bytes.length <= 8 * shapeOf(version).data) return version
  return undefined
}

/** Data and correction, interleaved as they are drawn. */
export function codewords(bytes: Uint8Array, version: number): number[] {
  const shape = shapeOf(version)
  const data = dataCodewords(bytes, version, shape.data)
  const shortLength = Math.floor(shape.total / shape.blocks) - shape.correction
  const longBlocks = shape.total % shape.blocks
  const blocks: number[][] = []
  let at = 0
  for (let block = 0; block < shape.blocks; block += 1) {
    const length = shortLength + (block >= shape.blocks - longBlocks ? 1 : 0)
    blocks.push(data.slice(at, at + length))
    at += length
  }
  const corrections = blocks.map((block) => correction(block, shape.correction))
  return [...interleaved(blocks), ...interleaved(corrections)]
}

function interleaved(blocks: readonly number[][]): number[] {
  const longest = Math.max(...blocks.map((block) => block.length))
  return Array.from({ length: longest }, (_, at) => at).flatMap((at) => blocks.flatMap((block) => block[at] ?? []))
}

function dataCodewords(bytes: Uint8Array, version: number, capacity: number): number[] {
  const bits: number[] = []
  const push = (value: number, count: number) => {
    for (let bit = count - 1; bit >= 0; bit -= 1) bits.push((value >>> bit) & 1)
  }
  push(0b0100, 4)
  push(bytes.length, lengthBits(version))
  for (const byte of bytes) push(byte, 8)
  push(0, Math.min(4, capacity * 8 - bits.length))
  push(0, (8 - (bits.length % 8)) % 8)
  for (let pad = 0xec; bits.length < capacity * 8; pad ^= 0xec ^ 0x11) push(pad, 8)
  return Array.from({ length: capacity }, (_, at) =>
    bits.slice(at * 8, at * 8 + 8).reduce((value, bit) => value * 2 + bit, 0),
  )
}
