import { writeFileSync } from 'node:fs'
import { productStatement, STATEMENT_FILE } from './product.ts'

/** `npm run conformance-statement`. */
writeFileSync(STATEMENT_FILE, productStatement())
