import { expect, it } from 'vitest'
import { collectDropped } from './collectFiles.ts'

/** As a browser hands over what was dropped: files and folders of a disk, some of which may not be read. */
type Tree = { [name: string]: Tree | 'file' | 'locked' | 'locked folder' }

function entryOf(path: string, node: Tree[string]): FileSystemEntry {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const isFile = node === 'file' || node === 'locked'
  const refuse = (reject: (error: DOMException) => void) => reject(new DOMException('', 'NotReadableError'))
  const inside =
    typeof node === 'object' ? Object.entries(node).map(([at, child]) => entryOf(`${path}/${at}`, child)) : []
  return {
    ...{ name, fullPath: path, isFile, isDirectory: !isFile },
    file: (resolve: (file: File) => void, reject: (error: DOMException) => void) =>
      node === 'locked' ? refuse(reject) : resolve(new File([], name)),
    createReader: () => ({
      readEntries: (resolve: (entries: FileSystemEntry[]) => void, reject: (error: DOMException) => void) =>
        node === 'locked folder' ? refuse(reject) : resolve(inside.splice(0, 1)),
    }),
  } as unknown as FileSystemEntry
}

const dropped = (tree: Tree) =>
  Object.entries(tree).map(([name, node]) => ({
    kind: 'file',
    webkitGetAsEntry: () => entryOf(`/${name}`, node),
  })) as unknown as DataTransferItemList

it('everything below what was dropped comes, and the rest of a disk of which a part is locked', async () => {
  const { title, files, unreadable } = await collectDropped(
    dropped({
      STICK: {
        'System Volume Information': 'locked folder',
        A: { '1.dcm': 'file', '2.dcm': 'locked', B: { '3': 'file' } },
      },
      'one.dcm': 'file',
    }),
  )
  expect(files.map(({ name }) => name)).toEqual(['STICK/A/1.dcm', 'STICK/A/B/3', 'one.dcm'])
  expect(unreadable).toEqual(['STICK/System Volume Information', 'STICK/A/2.dcm'])
  expect(title).toBe('STICK and 1 more')
})
