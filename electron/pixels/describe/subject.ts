import type { DataSet } from 'dicom-parser'
import type { InstanceImage } from '#shared/imaging/instanceImage.ts'
import { items, string } from '../attributes.ts'
import type { Text } from './frames.ts'

/** What directions in the body are named by (PS3.3 C.7.6.1.1.1). */
export function subject(dataSet: DataSet, text: Text): Pick<InstanceImage, 'anatomicalOrientationType' | 'bodyPart'> {
  const type = string(dataSet, 'x00102210')
  const bodyPart = bodyPartOf(dataSet, text)
  return {
    ...(type === 'BIPED' || type === 'QUADRUPED' ? { anatomicalOrientationType: type } : {}),
    ...(bodyPart === '' ? {} : { bodyPart }),
  }
}

function bodyPartOf(dataSet: DataSet, text: Text): string {
  const [shared] = items(dataSet, 'x52009229')
  const anatomy = shared && items(shared, 'x00209071')[0]
  const [region] = [...items(dataSet, 'x00082218'), ...(anatomy ? items(anatomy, 'x00082218') : [])]
  return string(dataSet, 'x00180015') || (region ? text(region, 'CodeMeaning') : '')
}
