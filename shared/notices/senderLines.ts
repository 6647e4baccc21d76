import type { Newness } from '#shared/contract/notices.ts'

/** What the administrator of a server takes there, so that it tells us (R045, R046). */
export interface Sender {
  /** Of ours: a name, IPv4 or IPv6. */
  address: string
  port: number
  tls: boolean
  secret: string
}

export function notificationUrl({ address, port, tls }: Pick<Sender, 'address' | 'port' | 'tls'>): string {
  const bare = address.replace(/^\[|\]$/g, '')
  return `${tls ? 'https' : 'http'}://${bare.includes(':') ? `[${bare}]` : bare}:${port}/notify`
}

/** A script for Orthanc (LuaScripts of its configuration). */
export function orthancLines(level: Newness, sender: Sender): string {
  return [
    '-- Tells a workstation of what is new here.',
    'local headers = {}',
    `headers['Authorization'] = 'Bearer ${sender.secret}'`,
    "headers['Content-Type'] = 'application/json'",
    '',
    ...handlers[level],
    `  HttpPost('${notificationUrl(sender)}', DumpJson(body), headers)`,
    'end',
    '',
  ].join('\n')
}

const handlers: Readonly<Record<Newness, readonly string[]>> = {
  study: [
    'function OnStableStudy(studyId, tags, metadata)',
    '  local body = {}',
    "  body['level'] = 'study'",
    "  body['studyInstanceUID'] = tags['StudyInstanceUID']",
  ],
  series: [
    'function OnStableSeries(seriesId, tags, metadata)',
    "  local study = ParseJson(RestApiGet('/series/' .. seriesId .. '/study'))",
    '  local body = {}',
    "  body['level'] = 'series'",
    "  body['studyInstanceUID'] = study['MainDicomTags']['StudyInstanceUID']",
    "  body['seriesInstanceUID'] = tags['SeriesInstanceUID']",
  ],
  instance: [
    'function OnStoredInstance(instanceId, tags, metadata, origin)',
    '  local body = {}',
    "  body['level'] = 'instance'",
    "  body['studyInstanceUID'] = tags['StudyInstanceUID']",
    "  body['sopInstanceUID'] = tags['SOPInstanceUID']",
  ],
}

/** For a terminal of Windows, macOS and Linux alike: to try it, and as a pattern for every other program. */
export function curlLine(sender: Sender): string {
  const header = (text: string) => `-H "${text}"`
  const body = '{"level":"study","studyInstanceUID":"1.2.3"}'.replaceAll('"', '\\"')
  const headers = `${header(`Authorization: Bearer ${sender.secret}`)} ${header('Content-Type: application/json')}`
  return `curl ${headers} -d "${body}" ${notificationUrl(sender)}`
}
