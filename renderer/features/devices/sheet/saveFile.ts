/** Hands a file to the browser's own download. */
export function saveFile(name: string, content: string | Uint8Array<ArrayBuffer>, type: string): void {
  const address = URL.createObjectURL(new Blob([content], { type }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}

/** A file name of ours: what a device calls itself is no path. */
export function fileNameOf(aeTitle: string): string {
  return aeTitle.replace(/[^A-Za-z0-9_-]+/g, '-').slice(0, 16) || 'device'
}
