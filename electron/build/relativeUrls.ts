import { readFile } from 'node:fs/promises'
import { dirname, relative, resolve, sep } from 'node:path'
import type { Plugin } from 'esbuild'
import { workerOutputName } from './outputName.ts'

const URL_HERE = /new URL\(\s*(['"`])(\.{1,2}\/[^'"`$]*)\1,\s*import\.meta\.url,?\s*\)/g

/**
 * `new URL('./x.worker.ts', import.meta.url)` is right in the source tree and wrong in a bundle, which lies elsewhere.
 * Rewritten to where the build puts the worker, or to the same resource as seen from a bundle.
 */
export function rewriteRelativeUrls(root: string, source: string, text: string): string {
  return text.replace(URL_HERE, (_whole, _quote, path: string) => {
    const target = resolve(dirname(source), path)
    const rewritten = target.endsWith('.worker.ts')
      ? `../host/${workerOutputName(root, target)}.js`
      : `../../${relative(root, target).split(sep).join('/')}${path.endsWith('/') ? '/' : ''}`
    return `new URL('${rewritten}', import.meta.url)`
  })
}

export function relativeUrls(root: string): Plugin {
  return {
    name: 'relative-urls',
    setup(build) {
      build.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        const text = await readFile(path, 'utf8')
        if (!text.includes('import.meta.url')) return undefined
        return { contents: rewriteRelativeUrls(root, path, text), loader: 'ts' }
      })
    },
  }
}

/** `#shared/x.ts` and `#electron/x.ts` are ours and go into the bundle; every other bare name stays an import. */
export function ownModules(root: string): Plugin {
  return {
    name: 'own-modules',
    setup(build) {
      build.onResolve({ filter: /^#(shared|electron)\// }, ({ path }) => ({ path: resolve(root, path.slice(1)) }))
      build.onResolve({ filter: /^[^.#/]/ }, ({ path, kind }) =>
        kind === 'entry-point' ? undefined : { path, external: true },
      )
    },
  }
}
