/** A command line that cannot be obeyed. `message` is the one line for stderr. */
export class FlagError extends Error {}
