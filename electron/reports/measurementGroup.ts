import type { DataSet } from '#electron/demo/dataSet.ts'
import type { SavedMeasurement } from '#shared/contract/measurements.ts'
import { measurementText } from '#shared/imaging/measurementText.ts'
import { plus, times } from '#shared/imaging/vector.ts'
import { type Code, concepts } from './codes.ts'
import {
  container,
  coordinates,
  coordinates3D,
  type GraphicType,
  type ImageReference,
  num,
  text,
  uidReference,
} from './contentItem.ts'
import { graphicsOf } from './graphic.ts'
import { kindNames } from './kindNames.ts'
import { reportedValues } from './reportedValues.ts'

/** A measurement with the image that it lies on. */
export interface ReportedMeasurement extends SavedMeasurement {
  image: ImageReference
  /** Height of a pixel divided by its width. */
  aspect: number
}

const regions = new Set(['ellipse', 'circle', 'rectangle', 'freehand'])

/** TID 1410 where it is an area in the image, else TID 1501. */
export function measurementGroup(measurement: ReportedMeasurement, number: number): DataSet {
  const { kind, name, measured, measurementId } = measurement
  const place = placing(measurement)
  const values = reportedValues(measured)
  const isRegion = regions.has(kind)
  const shapes = graphicsOf(
    measurement,
    measurement.reformat ? 1 : measurement.aspect,
    measurement.reformat !== undefined,
  )
  const inferred = (graphic: number | undefined) =>
    shapes
      .filter((_, at) => graphic === undefined || graphic === at)
      .map(({ type, points }) => place('INFERRED FROM', concepts.source, type, points))
  return container(
    concepts.group,
    [
      text('HAS OBS CONTEXT', concepts.trackingIdentifier, name || `${kindNames[kind]} ${number}`),
      uidReference('HAS OBS CONTEXT', concepts.trackingUID, trackingUID(measurementId)),
      ...(isRegion ? shapes.map(({ type, points }) => place('CONTAINS', concepts.region, type, points)) : []),
      ...values.map(({ concept, value, unit, graphic }) =>
        num(concept, value, unit, isRegion ? [] : inferred(graphic)),
      ),
      ...(name !== '' || values.length === 0
        ? [text('CONTAINS', concepts.comment, commentOf(measurement), values.length === 0 ? inferred(undefined) : [])]
        : []),
    ],
    isRegion ? '1410' : '1501',
  )
}

function commentOf({ kind, name, measured }: SavedMeasurement): string {
  return name || measurementText(measured).value || kindNames[kind]
}

/** The UUID of the measurement, as UID (PS3.5 B.2): it is known again when the report is read. */
export function trackingUID(measurementId: string): string {
  return `2.25.${BigInt(`0x${measurementId.replaceAll('-', '')}`)}`
}

type Relationship = 'CONTAINS' | 'INFERRED FROM'

/** In the image; of a plane of a volume in the body. */
function placing({ reformat, image }: ReportedMeasurement) {
  return (
    relationship: Relationship,
    concept: Code,
    type: GraphicType,
    points: readonly (readonly [number, number])[],
  ) => {
    if (!reformat) return coordinates(relationship, concept, type, points, image)
    const { position, rowDirection, columnDirection, pixel, frameOfReferenceUID } = reformat
    const inBody = points.map(([column, row]) =>
      plus(plus(position, times(rowDirection, (column - 0.5) * pixel)), times(columnDirection, (row - 0.5) * pixel)),
    )
    return coordinates3D(relationship, concept, type, inBody, frameOfReferenceUID)
  }
}
