import type { MeasurementKind } from '#shared/imaging/measuredValue.ts'

/** What a measurement is called where nobody has named it. */
export const kindNames: Record<MeasurementKind, string> = {
  length: 'Length',
  angle: 'Angle',
  ellipse: 'Ellipse',
  probe: 'Probe',
  rectangle: 'Rectangle',
  circle: 'Circle',
  freehand: 'Freehand',
  bidirectional: 'Two diameters',
  cobb: 'Cobb angle',
  heartRatio: 'Cardiothoracic ratio',
  arrow: 'Arrow',
  text: 'Text',
  calibration: 'Calibration',
  keyImage: 'Key image',
  heartScore: 'Vertebral heart score',
  norberg: 'Norberg angle',
  plateau: 'Tibial plateau angle',
}
