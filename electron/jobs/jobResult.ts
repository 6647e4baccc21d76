/**
 * How one run of a job ended.
 * - `over`: nothing more is tried; the job itself recorded how it ended.
 * - `again`: a passing cause; not before `waitMs`, where the other side said so. `destination`: nobody there, so that nothing else need try either; `job`: others may go on.
 * - `held`: waits for something here, until it is woken.
 * - `yielded`: made way for a more urgent one or for the hours of the day, and goes on when it is due.
 * - `stopped`: by a person, or by the program's end.
 */
export type JobResult =
  | { kind: 'over' }
  | { kind: 'again'; scope: 'destination' | 'job'; message: string; progressed: boolean; waitMs?: number | undefined }
  | { kind: 'held' }
  | { kind: 'yielded' }
  | { kind: 'stopped' }

/**
 * Why a run was stopped: by a person for good or for a while, by a more urgent job, by the end of the hours in which its
 * destination is sent to, or by the program's end.
 */
export type StopReason = 'cancel' | 'pause' | 'yield' | 'hours' | 'close'
