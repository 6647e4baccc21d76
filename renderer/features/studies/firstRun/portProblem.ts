/** What is wrong with a port, as a sentence; undefined when it is right. */
export function portProblem(port: number | undefined): string | undefined {
  if (port === undefined) return 'Enter a number, usually 11112 or 104.'
  return port >= 1 && port <= 65535 ? undefined : 'A port is a number from 1 to 65535.'
}
