import { writeStatement } from './product.ts'

/** `npm run conformance-statement`. */
writeStatement()
