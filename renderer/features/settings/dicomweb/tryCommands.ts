interface Values {
  url: string
  user: string | undefined
  /** '' where the archive is empty. */
  study: string
  store: boolean
}

/** By curl, which every system of today has. Quoted as Windows, macOS and Linux alike take it. */
export function tryCommands({ url, user, study, store }: Values): { what: string; command: string }[] {
  const curl = `curl${user === undefined ? '' : ` -u "${user.replace(/["\\$`]/g, '')}"`}`
  const commands = [{ what: 'The latest studies', command: `${curl} "${url}/studies?limit=5"` }]
  if (study !== '')
    commands.push(
      { what: 'One study, all images', command: `${curl} -o study.multipart "${url}/studies/${study}"` },
      { what: 'One picture of it', command: `${curl} -o picture.jpg "${url}/studies/${study}/thumbnail"` },
    )
  const origin = new URL(url).origin
  commands.push(
    { what: 'What came in, for programs that follow', command: `${curl} "${origin}/changes?since=0&limit=100"` },
    { what: 'How much is here, and how much room is left', command: `${curl} "${origin}/statistics"` },
  )
  if (store)
    commands.push({
      what: 'Store a file',
      command: `${curl} -H "Content-Type: application/dicom" --data-binary @image.dcm "${url}/studies"`,
    })
  return commands
}
