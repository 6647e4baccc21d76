/** Why a frame has no picture; the message is a sentence for the user, without the technical tail of R168. */
export class FrameProblem extends Error {
  constructor(sentence: string) {
    super(sentence)
    this.name = 'FrameProblem'
  }
}
