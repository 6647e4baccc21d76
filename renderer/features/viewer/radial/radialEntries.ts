import { Box, Link2, type LucideIcon, Maximize, Play, Rotate3d, Rows3, Star, Tags } from 'lucide-react'
import { everyTool } from '../toolEntries.ts'
import { viewActions } from '../viewActions.ts'

interface RadialEntry {
  icon: LucideIcon
  /** Where the whole name of the command is too long for a button. */
  short?: string
}

/** What a place around the pointer can hold: commands with a picture. */
const entries = new Map<string, RadialEntry>([
  ...everyTool.map(({ tool, icon }): [string, RadialEntry] => [tool, { icon }]),
  ...viewActions.map(({ command, icon }): [string, RadialEntry] => [command, { icon }]),
  ['keyImage', { icon: Star, short: 'Key image' }],
  ['planes', { icon: Box, short: 'Planes' }],
  ['rendering', { icon: Rotate3d, short: '3D' }],
  ['cine', { icon: Play, short: 'Play' }],
  ['link', { icon: Link2, short: 'Link' }],
  ['lines', { icon: Rows3, short: 'Lines' }],
  ['tags', { icon: Tags, short: 'Tags' }],
  ['fullScreen', { icon: Maximize, short: 'Full screen' }],
])

export const radialEntry = (command: string) => entries.get(command)

/** Where they stand from the pointer, in CSS pixels, so that no two touch. */
export const radialPlaces = [
  { name: 'Above', x: 0, y: -98 },
  { name: 'Above right', x: 94, y: -60 },
  { name: 'Right', x: 112, y: 0 },
  { name: 'Below right', x: 94, y: 60 },
  { name: 'Below', x: 0, y: 98 },
  { name: 'Below left', x: -94, y: 60 },
  { name: 'Left', x: -112, y: 0 },
  { name: 'Above left', x: -94, y: -60 },
] as const
