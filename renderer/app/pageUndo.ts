/** What a page can take back itself, the latest first; false when there is nothing. */
interface PageUndo {
  undo(): boolean
  redo(): boolean
}

let page: PageUndo | undefined

/** While a page is shown that keeps its own steps. Returns how to end it. */
export function offerUndo(own: PageUndo): () => void {
  page = own
  return () => {
    if (page === own) page = undefined
  }
}

export function undoOnPage(): boolean {
  return page?.undo() ?? false
}

export function redoOnPage(): boolean {
  return page?.redo() ?? false
}
