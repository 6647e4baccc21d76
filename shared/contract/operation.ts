import type { z } from 'zod'

/** Whether an operation is written to the audit trail, and as what. A property of the operation, so no handler can forget it. */
export type AuditClass = 'none' | 'read-patient-data' | 'change-patient-data' | 'configure' | 'network'

interface Shape<Input extends z.ZodType, Output extends z.ZodType> {
  input: Input
  output: Output
  audit: AuditClass
}

export interface Query<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType>
  extends Shape<Input, Output> {
  kind: 'query'
}
export interface Command<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType>
  extends Shape<Input, Output> {
  kind: 'command'
}
/** `output` is one item of the stream. */
export interface Stream<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType>
  extends Shape<Input, Output> {
  kind: 'stream'
}
export type Operation = Query | Command | Stream

/** Asks; changes nothing. */
export function query<I extends z.ZodType, O extends z.ZodType>(shape: Shape<I, O>): Query<I, O> {
  return { kind: 'query', ...shape }
}
/** Does something, once. */
export function command<I extends z.ZodType, O extends z.ZodType>(shape: Shape<I, O>): Command<I, O> {
  return { kind: 'command', ...shape }
}
/** A snapshot, then changes, until the reader cancels. */
export function stream<I extends z.ZodType, O extends z.ZodType>(shape: Shape<I, O>): Stream<I, O> {
  return { kind: 'stream', ...shape }
}

export type InputOf<Op extends Operation> = z.input<Op['input']>
export type OutputOf<Op extends Operation> = z.output<Op['output']>

/** Feature -> verb -> operation; an operation's name on the wire is `feature.verb`. */
export type Contract = Record<string, Record<string, Operation>>
