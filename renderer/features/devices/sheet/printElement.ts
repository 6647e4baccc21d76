/** Prints one part of the page by itself: the rest is hidden by `data-printing` while the print dialog is open. */
export function printElement(element: Element): void {
  const copy = document.createElement('div')
  copy.dataset.printed = ''
  copy.append(element.cloneNode(true))
  document.body.append(copy)
  document.documentElement.dataset.printing = ''
  const clean = () => {
    copy.remove()
    delete document.documentElement.dataset.printing
  }
  window.addEventListener('afterprint', clean, { once: true })
  window.print()
}
