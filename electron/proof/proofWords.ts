export const NOT_ASKABLE = (serverName: string) =>
  `${serverName} said that it stored each image. It is not set up to be asked what it has, so nothing is proved. Query/Retrieve under Servers changes that.`

export const missingNote = (serverName: string) => `${serverName} said that it stored this image, and does not have it.`

/** `Sent 124, Northview has 123.` */
export function provedBy(serverName: string, sent: number, counted: number): string {
  const missing = sent - counted
  const them = missing === 1 ? 'The one that is missing is' : `The ${missing} that are missing are`
  return `Sent ${sent}, ${serverName} has ${counted}. ${them} marked below; retry sends them again.`
}

export function committedInPart(serverName: string, committed: number, refused: number): string {
  return `${serverName} answers for ${committed} images, and not for ${refused}. They are marked below; retry sends them again.`
}
