export const NOT_ASKABLE = (serverName: string) =>
  `${serverName} said that it stored each image. It is not set up to be asked what it has, so nothing is proved. Query/Retrieve under Servers changes that.`

export const NOT_LISTED = (serverName: string) =>
  `${serverName} is no longer in the list of servers, so that it cannot be asked what it has.`

export const LIST_GONE = 'Which images these were is no longer kept, so that they cannot be compared.'
export const GONE_HERE = 'Some of the images are no longer on this workstation, so that they cannot be compared.'
export const NOT_COUNTED = 'Counting failed inside this workstation. Count again does it once more.'

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
