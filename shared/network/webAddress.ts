const FORM = /^(https?):\/\/(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?::(\d{1,5}))?(\/[A-Za-z0-9._~!$&'()*+,;=:@%/-]*)?$/i

export interface WebAddress {
  secure: boolean
  /** Without the brackets of an IPv6 address. */
  host: string
  port: number
  /** `https://pacs.example:8443`, in small letters; the port where it is not the usual one. */
  origin: string
  /** Without a slash at its end; '' for the root. */
  path: string
}

/** The parts of an http or https address; undefined where it is none that we call. */
export function readWebAddress(text: string): WebAddress | undefined {
  const [, scheme = '', name = '', digits, path = ''] = FORM.exec(text) ?? []
  if (scheme === '') return undefined
  const secure = scheme.toLowerCase() === 'https'
  const usual = secure ? 443 : 80
  const port = digits === undefined ? usual : Number(digits)
  if (port < 1 || port > 65_535 || /(^|\/)(\.|%2e){1,2}(\/|$)/i.test(path)) return undefined
  const host = name.toLowerCase()
  return {
    secure,
    host: host.replace(/^\[(.*)\]$/, '$1'),
    port,
    origin: `${secure ? 'https' : 'http'}://${host}${port === usual ? '' : `:${port}`}`,
    path: path.replace(/\/+$/, ''),
  }
}

/** Where clouds tell programs their keys: no PACS, and nothing there may be read by way of us. */
const METADATA = new Set([
  '169.254.169.254',
  '169.254.170.2',
  '100.100.100.200',
  'fd00:ec2::254',
  'metadata.google.internal',
])

export function isMetadataHost(host: string): boolean {
  return METADATA.has(
    host
      .toLowerCase()
      .replace(/^::ffff:/, '')
      .replace(/\.$/, ''),
  )
}

/** One sentence, or undefined when it is right. */
export function webAddressProblem(text: string): string | undefined {
  if (!/^https?:\/\//i.test(text)) return 'An address begins with https:// or http://'
  if (/^https?:\/\/[^/]*@/i.test(text)) return 'No user or password in the address: they have fields of their own.'
  if (/[?#]/.test(text)) return 'An address without ? and #: the part up to dicom-web.'
  const address = readWebAddress(text)
  if (!address) return 'This is no web address. It looks like https://pacs.example:8443/dicom-web'
  if (isMetadataHost(address.host)) return 'No PACS lives at this address: clouds keep their keys there.'
  return undefined
}
