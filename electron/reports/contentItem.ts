import type { DataSet } from '#electron/demo/dataSet.ts'
import { type Code, codeItem } from './codes.ts'

type Relationship = 'CONTAINS' | 'HAS OBS CONTEXT' | 'HAS CONCEPT MOD' | 'INFERRED FROM' | 'SELECTED FROM'

/** A picture that an item speaks of. */
export interface ImageReference {
  sopClassUID: string
  sopInstanceUID: string
  /** From 1; only of instances with several frames. */
  frameNumber?: number | undefined
}

/** PS3.3 C.17.3.2: one item of the tree. */
function item(relationship: Relationship, valueType: string, concept: Code | undefined, rest: DataSet): DataSet {
  return {
    RelationshipType: relationship,
    ValueType: valueType,
    ...(concept && { ConceptNameCodeSequence: [codeItem(concept)] }),
    ...rest,
  }
}

const withContent = (content: readonly DataSet[]): DataSet => (content.length > 0 ? { ContentSequence: content } : {})

export function container(concept: Code, content: readonly DataSet[], template?: string): DataSet {
  return item('CONTAINS', 'CONTAINER', concept, {
    ContinuityOfContent: 'SEPARATE',
    ...(template && { ContentTemplateSequence: [{ MappingResource: 'DCMR', TemplateIdentifier: template }] }),
    ...withContent(content),
  })
}

export function code(relationship: Relationship, concept: Code, value: Code): DataSet {
  return item(relationship, 'CODE', concept, { ConceptCodeSequence: [codeItem(value)] })
}

export function text(
  relationship: Relationship,
  concept: Code,
  words: string,
  content: readonly DataSet[] = [],
): DataSet {
  return item(relationship, 'TEXT', concept, { TextValue: words, ...withContent(content) })
}

export function uidReference(relationship: Relationship, concept: Code, uid: string): DataSet {
  return item(relationship, 'UIDREF', concept, { UID: uid })
}

/** DS holds 16 characters; FD beside it keeps every digit (PS3.3 C.18.1). */
export function num(concept: Code, value: number, unit: Code, content: readonly DataSet[] = []): DataSet {
  return item('CONTAINS', 'NUM', concept, {
    MeasuredValueSequence: [
      { NumericValue: value, FloatingPointValue: value, MeasurementUnitsCodeSequence: [codeItem(unit)] },
    ],
    ...withContent(content),
  })
}

export function image(relationship: Relationship, reference: ImageReference): DataSet {
  return item(relationship, 'IMAGE', undefined, { ReferencedSOPSequence: [referenced(reference)] })
}

function referenced({ sopClassUID, sopInstanceUID, frameNumber }: ImageReference): DataSet {
  return {
    ReferencedSOPClassUID: sopClassUID,
    ReferencedSOPInstanceUID: sopInstanceUID,
    ...(frameNumber !== undefined && { ReferencedFrameNumber: frameNumber }),
  }
}

export type GraphicType = 'POINT' | 'POLYLINE' | 'CIRCLE' | 'ELLIPSE' | 'POLYGON' | 'MULTIPOINT'

/** PS3.3 C.18.6: column, row in the image. */
export function coordinates(
  relationship: Relationship,
  concept: Code,
  graphicType: GraphicType,
  points: readonly (readonly number[])[],
  of: ImageReference,
): DataSet {
  return item(relationship, 'SCOORD', concept, {
    GraphicData: Float32Array.from(points.flat()),
    GraphicType: graphicType,
    ContentSequence: [image('SELECTED FROM', of)],
  })
}

/** PS3.3 C.18.9: millimetres in the patient. */
export function coordinates3D(
  relationship: Relationship,
  concept: Code,
  graphicType: GraphicType,
  points: readonly (readonly number[])[],
  frameOfReferenceUID: string,
): DataSet {
  return item(relationship, 'SCOORD3D', concept, {
    GraphicData: Float32Array.from(points.flat()),
    GraphicType: graphicType,
    ReferencedFrameOfReferenceUID: frameOfReferenceUID,
  })
}
