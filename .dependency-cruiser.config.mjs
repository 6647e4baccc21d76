// Which way imports may point. Each rule says why, because whoever trips over it reads it for the first time.
const rule = (name, comment, from, to) => ({ name, severity: 'error', comment, from, to })

export default {
  forbidden: [
    rule(
      'shared-runs-anywhere',
      'shared/ is what page and host have in common: it imports nothing but itself and zod. What needs Node goes to electron/, what needs the DOM to renderer/.',
      { path: '^shared/', pathNot: '\\.test\\.tsx?$' },
      { pathNot: '^shared/|^node_modules/zod/' },
    ),
    rule(
      'page-knows-only-the-contract',
      'renderer/ runs in a browser without Node: what the host knows comes through shared/contract, pixels through the data plane.',
      { path: '^renderer/' },
      { path: '^(electron|e2e)/' },
    ),
    rule(
      'page-has-no-node',
      'renderer/ runs in a sandbox where Node modules do not exist. Ask the host through shared/contract.',
      { path: '^renderer/', pathNot: '\\.test\\.tsx?$' },
      { dependencyTypes: ['core'] },
    ),
    rule(
      'host-knows-no-page',
      'electron/ must run without a page (npm run headless): it never imports renderer/.',
      { path: '^electron/' },
      { path: '^(renderer|e2e)/' },
    ),
    rule(
      'electron-only-in-app',
      'Only electron/app touches the Electron runtime, so that the headless host and every test run where it cannot be had.',
      { path: '^(electron|shared|renderer)/', pathNot: '^electron/app/' },
      { path: '^node_modules/electron/|^electron$' },
    ),
    rule(
      'app-is-a-host',
      'electron/app and electron/headless are two thin hosts of one workstation: nothing below imports a host.',
      {
        path: '^electron/(dicom|archive|pixels|transfers|servers|settings|api|threads|demo)/',
        pathNot: '\\.test\\.ts$',
      },
      { path: '^electron/(app|headless)/' },
    ),
    rule(
      'dimse-stays-in-dicom',
      'Only electron/dicom knows DIMSE and PDUs. Everybody else calls nodeApi.ts, which speaks plain data.',
      { path: '^electron/(?!dicom/)', pathNot: '\\.test\\.ts$' },
      { path: '^node_modules/dcmjs-dimse/|^electron/dicom/(upperLayer|scu|scp)/' },
    ),
    rule(
      'one-door-to-cornerstone',
      'Only renderer/viewer/cornerstone.ts imports Cornerstone: its API changes often, one file changes with it.',
      { path: '^renderer/', pathNot: '^renderer/viewer/cornerstone\\.ts$' },
      { path: '^node_modules/@cornerstonejs/' },
    ),
    rule(
      'database-stays-in-archive',
      'The archive owns its database: other parts ask archiveApi.ts. (Configuration has a small database of its own.)',
      { path: '^electron/(?!archive/|settings/|servers/)', pathNot: '\\.test\\.ts$' },
      { path: '^node_modules/better-sqlite3/' },
    ),
    rule(
      'no-circles',
      'Two files that import each other are one file, or miss a third.',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    ),
    rule(
      'resolvable',
      'This import leads nowhere. Local imports carry the .ts extension; packages stand in package.json.',
      {},
      { couldNotResolve: true },
    ),
    rule(
      'declared',
      'This package is installed only because another one needs it. Add it to package.json with its exact version.',
      {},
      { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    ),
    rule(
      'run-time-packages-are-dependencies',
      'The packed program holds only "dependencies": move the package there from devDependencies.',
      {
        path: '^electron/',
        pathNot:
          '\\.test\\.ts$|^electron/build/|^electron/(build|start)\\.ts$|^electron/packaging/|^electron/[^/]+/testing/',
      },
      { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: '^node_modules/(electron|@types)/' },
    ),
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: ['node_modules', '^e2e/'] },
    exclude: { path: '[.](css|svg|png|wasm|woff2)' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.d.ts'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'browser', 'default', 'types'],
    },
  },
}
