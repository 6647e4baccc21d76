/** Stands for the rows that are not drawn. */
export function Space({ height, columns }: { height: number; columns: number }) {
  if (height <= 0) return null
  return (
    <tr>
      <td aria-hidden="true" colSpan={columns} style={{ height, padding: 0 }} />
    </tr>
  )
}
