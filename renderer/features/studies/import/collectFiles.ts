export interface NamedFile {
  /** Path inside what was chosen or dropped. */
  name: string
  file: File
}

export interface Collected {
  title: string
  files: NamedFile[]
  /** Paths of what the system does not let us read: folders of its own on a stick, files of other people. */
  unreadable: string[]
}

/** Everything under what was dropped, folders included. Call it inside the drop event: later the entries are gone. */
export async function collectDropped(items: DataTransferItemList): Promise<Collected> {
  const dropped = [...items].filter((item) => item.kind === 'file')
  const entries = dropped.flatMap((item) => item.webkitGetAsEntry() ?? [])
  // What another program hands over may be a file without a place in a file system.
  const loose = dropped.flatMap((item) => (item.webkitGetAsEntry() ? [] : (item.getAsFile() ?? [])))
  const collected: Collected = {
    title: titleOf([...entries, ...loose].map(({ name }) => name)),
    files: loose.map((file) => ({ name: file.name, file })),
    unreadable: [],
  }
  for (const entry of entries) await collectReadable(entry, collected)
  return collected
}

export function collectChosen(list: FileList): Collected {
  const files = [...list].map((file) => ({ name: file.webkitRelativePath || file.name, file }))
  return { title: titleOf([...new Set(files.map(({ name }) => name.split('/')[0] ?? name))]), files, unreadable: [] }
}

/** What is locked says nothing about the rest. */
async function collectReadable(entry: FileSystemEntry, into: Collected): Promise<void> {
  try {
    await collectEntry(entry, into)
  } catch {
    into.unreadable.push(pathOf(entry))
  }
}

const pathOf = ({ fullPath }: FileSystemEntry) => fullPath.replace(/^\//, '')

async function collectEntry(entry: FileSystemEntry, into: Collected): Promise<void> {
  if (isFile(entry)) {
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject))
    into.files.push({ name: pathOf(entry), file })
  } else if (isFolder(entry)) {
    const reader = entry.createReader()
    // A reader hands out a folder in parts until a part is empty.
    for (;;) {
      const part = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
      if (part.length === 0) return
      for (const each of part) await collectReadable(each, into)
    }
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile
}

function isFolder(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory
}

function titleOf(names: readonly string[]): string {
  const [first = 'Files'] = names
  return (names.length > 1 ? `${first} and ${names.length - 1} more` : first).slice(0, 256)
}
