import packageJson from '../../package.json' with { type: 'json' }

export interface About {
  version: string
  host: 'desktop' | 'headless'
  node: string
  licence: string
}

export function about(host: About['host']): About {
  return { version: packageJson.version, host, node: process.versions.node, licence: packageJson.license }
}
