import { sopClassName, storageSOPClassUIDs } from '#shared/dicom/sopClass.ts'
import { IMPLICIT_VR_LITTLE_ENDIAN, TRANSFER_SYNTAXES } from '#shared/dicom/transferSyntax.ts'
import type { Choice } from './ChoiceDialog.tsx'

/** Every class that the standard stores, by name, and those of the list that it does not name. */
export function classChoices(chosen: readonly string[]): Choice[] {
  const known = storageSOPClassUIDs()
  const foreign = chosen.filter((uid) => !known.includes(uid))
  const choices = [...known, ...foreign].map((uid) => ({ uid, name: sopClassName(uid).replace(/ Storage\b/, '') }))
  return choices.toSorted((a, b) => a.name.localeCompare(b.name, 'en'))
}

export function syntaxChoices(): Choice[] {
  return [...TRANSFER_SYNTAXES.values()].map(({ uid, name }) => ({
    uid,
    name,
    ...(uid === IMPLICIT_VR_LITTLE_ENDIAN ? { fixed: true } : {}),
  }))
}
