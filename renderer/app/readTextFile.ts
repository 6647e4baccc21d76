import { ApiError } from '#shared/contract/errors.ts'
import { decodeText } from '#shared/text/decodeText.ts'

/** What a person chose, however it was saved. Throws ApiError in words: a wrong file is never sent to the workstation. */
export async function readTextFile(file: File, what: string, mostBytes: number): Promise<string> {
  if (file.size > mostBytes) throw refused(`${file.name} is larger than ${what} can be. Choose another file.`)
  const text = decodeText(await bytesOf(file))
  if (text === undefined) throw refused(`${file.name} is no text, so it is not ${what}. Choose another file.`)
  if (text.trim() === '') throw refused(`${file.name} is empty. Choose another file.`)
  return text
}

async function bytesOf(file: File): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.arrayBuffer())
  } catch {
    throw refused(`${file.name} cannot be read: it was moved or changed, or its disk is gone. Choose it again.`)
  }
}

const refused = (message: string) => new ApiError('invalid-input', message)
