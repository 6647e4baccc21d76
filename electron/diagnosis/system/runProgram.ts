import { execFile } from 'node:child_process'

export interface ProgramAnswer {
  /** Undefined when the program is not there. */
  code: number | undefined
  output: string
}

const MAX_OUTPUT = 256 * 1024

/** A program of the system, without a shell; ends after `timeoutMs`. Never rejects. */
export function runProgram(
  program: string,
  args: readonly string[],
  timeoutMs: number,
  signal?: AbortSignal,
): Promise<ProgramAnswer> {
  return new Promise((resolve) => {
    const options = { timeout: timeoutMs, maxBuffer: MAX_OUTPUT, windowsHide: true, killSignal: 'SIGKILL' as const }
    execFile(program, [...args], signal ? { ...options, signal } : options, (error, stdout, stderr) => {
      const output = `${stdout}${stderr}`
      if (!error) return resolve({ code: 0, output })
      const { code } = error as { code?: unknown }
      resolve({ code: code === 'ENOENT' ? undefined : typeof code === 'number' ? code : 1, output })
    })
  })
}
