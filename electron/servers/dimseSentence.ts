/** `0xA700` as DICOM writes it. */
export function statusCode(status: number): string {
  return status.toString(16).toUpperCase().padStart(4, '0')
}

/** PS3.4 and PS3.7 annex C: what a failure status means for the person who has to put it right. Codes last. */
export function dimseSentence(status: number, serverName: string, errorComment?: string): string {
  const said = errorComment ? ` It says: "${clip(errorComment)}".` : ''
  return `${meaning(status, serverName)}${said} (${statusCode(status)})`
}

function meaning(status: number, serverName: string): string {
  if (status === 0xa701)
    return `${serverName} ran out of memory while counting the images. Its administrator must look at it; ask for less.`
  if (status === 0xa702) return `${serverName} could not open the connection to us, or lost it.`
  if (status >= 0xa700 && status <= 0xa7ff) return `${serverName} has no room left. Its administrator must make space.`
  if (status === 0xa801) return `${serverName} has no address for our AE title. Its administrator must enter it.`
  if (status >= 0xa900 && status <= 0xa9ff)
    return `${serverName} says that the data does not fit its kind. Its administrator can tell what it expects.`
  if (status >= 0xc000 && status <= 0xcfff) return `${serverName} cannot process this. Its log says why.`
  if (status === 0x0122) return `${serverName} does not take this kind of image or service.`
  if (status === 0x0124) return `${serverName} does not allow this for us. Its administrator must grant it.`
  if (status === 0x0110) return `${serverName} failed inside. Its administrator looks at its log.`
  if (status === 0x0111) return `${serverName} has this one already and does not take it twice.`
  if (status === 0x0112 || status === 0x0117) return `${serverName} does not know what we asked for.`
  if (status === 0x0211 || status === 0x0118) return `${serverName} does not know this operation.`
  if (status === 0xfe00) return `${serverName} stopped, as asked.`
  if (status >= 0xb000 && status <= 0xbfff) return `${serverName} did it with a reservation.`
  return `${serverName} refused.`
}

/** A peer's text is hostile until shown: one line, bounded. */
function clip(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is being removed
  const line = text.replace(/[\s\u0000-\u001f\u007f]+/g, ' ').trim()
  return line.length > 120 ? `${line.slice(0, 119)}…` : line
}
