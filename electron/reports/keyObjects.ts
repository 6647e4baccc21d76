import type { DataSet } from '#electron/demo/dataSet.ts'
import { codeItem, concepts } from './codes.ts'
import { image, text } from './contentItem.ts'
import { type DocumentInput, documentHead } from './documentHead.ts'

export const KEY_OBJECT_SELECTION = '1.2.840.10008.5.1.4.1.1.88.59'

/** PS3.16 TID 2010: these images are of interest. */
export function keyObjects(input: DocumentInput, description: string): DataSet {
  return {
    ...documentHead(input),
    ...{
      ValueType: 'CONTAINER',
      ConceptNameCodeSequence: [codeItem(concepts.ofInterest)],
      ContinuityOfContent: 'SEPARATE',
    },
    ContentTemplateSequence: [{ MappingResource: 'DCMR', TemplateIdentifier: '2010' }],
    ContentSequence: [
      ...(description === '' ? [] : [text('CONTAINS', concepts.keyDescription, description)]),
      ...input.evidence.map((each) => image('CONTAINS', each)),
    ],
  }
}
