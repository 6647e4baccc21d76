import {
  Bone,
  Circle,
  CircleDashed,
  Contrast,
  Crosshair,
  DraftingCompass,
  Hand,
  HeartPulse,
  Lasso,
  Layers,
  type LucideIcon,
  MoveUpRight,
  PawPrint,
  Pipette,
  Ruler,
  RulerDimensionLine,
  Search,
  Spline,
  Square,
  Star,
  Sun,
  Tangent,
  TriangleRight,
  Type,
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
  { tool: 'crosshair', label: 'Crosshair', icon: Crosshair, keyHint: 'C' },
]
export const measuringTools: readonly ToolEntry[] = [
  { tool: 'length', label: 'Length', icon: Ruler, keyHint: 'L' },
  { tool: 'angle', label: 'Angle', icon: TriangleRight, keyHint: 'A' },
  { tool: 'ellipse', label: 'Ellipse', icon: CircleDashed, keyHint: 'E' },
  { tool: 'probe', label: 'Probe', icon: Pipette, keyHint: 'B' },
]
/** Behind the arrow beside the ones above. */
export const furtherTools: readonly ToolEntry[] = [
  { tool: 'bidirectional', label: 'Two diameters', icon: Tangent, keyHint: 'D' },
  { tool: 'rectangle', label: 'Rectangle', icon: Square, keyHint: 'Q' },
  { tool: 'circle', label: 'Circle', icon: Circle, keyHint: 'Shift E' },
  { tool: 'freehand', label: 'Freehand', icon: Lasso, keyHint: 'F' },
  { tool: 'cobb', label: 'Cobb angle', icon: DraftingCompass, keyHint: 'Shift A' },
  { tool: 'heartRatio', label: 'Cardiothoracic ratio', icon: HeartPulse, keyHint: 'Shift D' },
  { tool: 'heartScore', label: 'Vertebral heart score', icon: PawPrint, keyHint: 'V' },
  { tool: 'norberg', label: 'Norberg angle', icon: Bone, keyHint: 'Shift V' },
  { tool: 'plateau', label: 'Tibial plateau angle', icon: Spline, keyHint: 'Shift P' },
  { tool: 'arrow', label: 'Arrow', icon: MoveUpRight, keyHint: 'Shift T' },
  { tool: 'text', label: 'Text', icon: Type, keyHint: 'T' },
  { tool: 'calibration', label: 'Calibrate', icon: RulerDimensionLine, keyHint: 'Shift L' },
  { tool: 'magnifier', label: 'Magnifier', icon: Search, keyHint: 'G' },
]
export const everyTool: readonly ToolEntry[] = [...movingTools, ...measuringTools, ...furtherTools]
export const InvertIcon = Contrast

/** What a kind is called; a key image is marked and not drawn. */
export function entryOf(kind: Tool): ToolEntry | undefined {
  if (kind === 'keyImage') return { tool: kind, label: 'Key image', icon: Star, keyHint: 'M' }
  return everyTool.find(({ tool }) => tool === kind)
}

/** What a tool does first, where that is not plain from its name. */
export function toolHint(tool: Tool): string {
  switch (tool) {
    case 'cobb':
      return 'Draw a line along each end plate.'
    case 'heartRatio':
      return 'Draw the width of the heart, then the width of the thorax.'
    case 'bidirectional':
      return 'Draw the long axis. The short one comes by itself.'
    case 'calibration':
      return 'Draw along a marker of known length.'
    case 'crosshair':
      return 'Click where the other planes shall cut. Drag a ring to turn them.'
    case 'magnifier':
      return 'Hold the button down over the image.'
    default:
      return ''
  }
}
