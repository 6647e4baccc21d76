/** Fields that somebody typed into, or changed. */
const touched = new Set<Element>()

if (typeof document !== 'undefined')
  document.addEventListener('input', ({ target }) => target instanceof Element && touched.add(target), {
    capture: true,
  })

/** Whether one of them is still there: until its form is saved or left, nobody but the person knows what it is worth. */
export function hasEdits(): boolean {
  for (const field of touched) if (!field.isConnected) touched.delete(field)
  return touched.size > 0
}
