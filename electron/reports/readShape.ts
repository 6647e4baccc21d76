import type { DataSet } from 'dicom-parser'
import { headerText } from '#electron/dicom/part10/headerText.ts'
import { type FindingShape, graphicType } from '#shared/contract/reports.ts'
import type { ContentItem } from './readReport.ts'

const MOST_POINTS = 2000

/** SCOORD with the image that it was selected from, or SCOORD3D. */
export function readShape(item: ContentItem): FindingShape | undefined {
  const { dataSet, header, valueType, children } = item
  const type = graphicType.safeParse(headerText(header.dataSet, 'GraphicType', dataSet))
  if (!type.success) return undefined
  const inBody = valueType === 'SCOORD3D'
  const points = graphicData(dataSet, inBody ? 3 : 2)
  if (points.length === 0) return undefined
  if (inBody) {
    const frameOfReferenceUID = headerText(header.dataSet, 'ReferencedFrameOfReferenceUID', dataSet).slice(0, 64)
    return {
      type: type.data,
      points,
      frameOfReferenceUID,
      sopInstanceUID: '',
      frame: 0,
      instanceId: null,
      seriesId: null,
    }
  }
  const image = children.find((child) => child.valueType === 'IMAGE')
  const reference = image && referencedImage(image)
  if (!reference) return undefined
  return { type: type.data, points, frameOfReferenceUID: '', ...reference, instanceId: null, seriesId: null }
}

/** (0008,1199) of an IMAGE item; frames are counted from 0. */
export function referencedImage({
  header,
  dataSet,
}: ContentItem): { sopInstanceUID: string; frame: number } | undefined {
  const item = dataSet.elements.x00081199?.items?.[0]?.dataSet
  if (!item) return undefined
  const text = (keyword: string) => headerText(header.dataSet, keyword, item)
  const sopInstanceUID = text('ReferencedSOPInstanceUID').slice(0, 64)
  const number = Number(text('ReferencedFrameNumber').split('\\')[0] || 1)
  const frame = Number.isInteger(number) && number > 0 && number < 1_000_000 ? number - 1 : 0
  return sopInstanceUID === '' ? undefined : { sopInstanceUID, frame }
}

function graphicData(dataSet: DataSet, size: 2 | 3): number[][] {
  const element = dataSet.elements.x00700022
  if (!element || element.dataOffset + element.length > dataSet.byteArray.length) return []
  const count = Math.min(MOST_POINTS, Math.floor(element.length / 4 / size))
  const points = Array.from({ length: count }, (_, point) =>
    Array.from({ length: size }, (__, part) => dataSet.float('x00700022', point * size + part) ?? Number.NaN),
  )
  return points.every((point) => point.every((value) => Math.abs(value) <= 1e6)) ? points : []
}
