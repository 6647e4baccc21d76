import {
  CircleDashed,
  Contrast,
  Hand,
  Layers,
  type LucideIcon,
  Pipette,
  Ruler,
  Sun,
  TriangleRight,
  ZoomIn,
} from 'lucide-react'
import type { Tool } from '../../viewer/session.ts'

export interface ToolEntry {
  tool: Tool
  label: string
  icon: LucideIcon
  keyHint: string
}

/** What the left button does, and what it measures. */
export const movingTools: readonly ToolEntry[] = [
  { tool: 'window', label: 'Window', icon: Sun, keyHint: 'W' },
  { tool: 'pan', label: 'Pan', icon: Hand, keyHint: 'P' },
  { tool: 'zoom', label: 'Zoom', icon: ZoomIn, keyHint: 'Z' },
  { tool: 'scroll', label: 'Scroll', icon: Layers, keyHint: 'S' },
]
export const measuringTools: readonly ToolEntry[] = [
  { tool: 'length', label: 'Length', icon: Ruler, keyHint: 'L' },
  { tool: 'angle', label: 'Angle', icon: TriangleRight, keyHint: 'A' },
  { tool: 'ellipse', label: 'Ellipse', icon: CircleDashed, keyHint: 'E' },
  { tool: 'probe', label: 'Probe', icon: Pipette, keyHint: 'B' },
]
export const InvertIcon = Contrast
