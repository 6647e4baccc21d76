export interface AllowanceOptions {
  /** At once, after a quiet time. */
  burst: number
  perSecond: number
}

/** How many calls are still good now; it fills up again as time goes by. */
export class Allowance {
  private readonly options: AllowanceOptions
  private left: number
  private at: number

  constructor(options: AllowanceOptions, nowMs: number) {
    this.options = options
    this.left = options.burst
    this.at = nowMs
  }

  /** False where it is used up. A clock that goes back gives nothing, and takes nothing. */
  take(nowMs: number): boolean {
    const { burst, perSecond } = this.options
    this.left = Math.min(burst, this.left + (Math.max(0, nowMs - this.at) / 1000) * perSecond)
    this.at = nowMs
    if (this.left < 1) return false
    this.left -= 1
    return true
  }
}
