const format = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })

/** A date of DICOM (`20261103`) as a person reads it: `3 Nov 2026`. */
export function dayText(date: string): string {
  return format.format(new Date(Number(date.slice(0, 4)), Number(date.slice(4, 6)) - 1, Number(date.slice(6, 8))))
}
