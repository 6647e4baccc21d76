import { z } from 'zod'
import { command, query } from './operation.ts'

export const graphicType = z.enum(['POINT', 'MULTIPOINT', 'POLYLINE', 'POLYGON', 'CIRCLE', 'ELLIPSE', 'ELLIPSOID'])

/** A shape of a report: on an image (column, row), or in the body (mm) where a frame of reference is named. */
export const findingShape = z.object({
  type: graphicType,
  points: z.array(z.array(z.number()).min(2).max(3)).max(2000),
  frameOfReferenceUID: z.string(),
  sopInstanceUID: z.string(),
  /** From 0. */
  frame: z.number().int(),
  /** Null where the image is not on this workstation. */
  instanceId: z.number().int().nullable(),
  seriesId: z.number().int().nullable(),
})
export type FindingShape = z.infer<typeof findingShape>

const findingValue = z.object({ name: z.string(), value: z.number(), unit: z.string() })
export type FindingValue = z.infer<typeof findingValue>

export const finding = z.object({
  /** Place in the tree of the report. */
  findingId: z.string(),
  name: z.string(),
  trackingUID: z.string(),
  values: z.array(findingValue),
  words: z.array(z.string()),
  shapes: z.array(findingShape),
})
export type Finding = z.infer<typeof finding>

/** A structured report or a selection of key images that lies in a study, whoever wrote it. */
export const report = z.object({
  instanceId: z.number().int(),
  studyId: z.number().int(),
  kind: z.enum(['measurements', 'keyImages']),
  title: z.string(),
  /** Manufacturer, or who observed. */
  author: z.string(),
  /** DA and TM. */
  date: z.string(),
  time: z.string(),
  /** Written by this program. */
  isOwn: z.boolean(),
  findings: z.array(finding),
  keyImages: z.array(
    z.object({
      instanceId: z.number().int(),
      seriesId: z.number().int(),
      frame: z.number().int(),
      description: z.string(),
    }),
  ),
  /** Images that it speaks of and that are not here. */
  missing: z.number().int(),
})
export type Report = z.infer<typeof report>

export const reports = {
  /** Of the studies, the newest first. A file that cannot be read is left out. */
  list: query({
    input: z.object({ studyIds: z.array(z.number().int()).min(1).max(64) }),
    output: z.array(report),
    audit: 'read-patient-data',
  }),
  /**
   * Writes what was measured in a study as structured report, and its key images as key object selection, into the study.
   * What is written already stays as it is.
   */
  write: command({
    input: z.object({ studyId: z.number().int() }),
    output: z.object({
      measurements: z.number().int(),
      keyImages: z.number().int(),
      /** Nothing has changed since the last time. */
      unchanged: z.boolean(),
    }),
    audit: 'change-patient-data',
  }),
}
