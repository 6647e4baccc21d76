import { isIP, isIPv6 } from 'node:net'
import type { WebRoute } from '#electron/dicomweb/webApi.ts'
import type { SystemCommand } from '#shared/contract/diagnosis.ts'
import { commandWord as word } from '#shared/network/commandWord.ts'
import type { DiagnosisContext } from './stage.ts'

/** Within quotes of another command: nothing but what a host can be made of. */
const bare = (host: string) => (word(host) === host ? host : 'VALUE')

/** What an administrator types to see the same, with the real values in (R171). */
export const same = (purpose: string, line: string): SystemCommand => ({
  purpose,
  windows: line,
  macos: line,
  linux: line,
})

export const ownNetworkCommand = (): SystemCommand => ({
  purpose: 'Show the addresses of this computer',
  windows: 'ipconfig /all',
  macos: 'ifconfig; netstat -rn -f inet',
  linux: 'ip addr; ip route',
})

/** Without user and password: 401 says that something answers. */
export function restCommand(kind: 'dicomweb' | 'orthanc', web: WebRoute): SystemCommand {
  const { origin, dicomwebPath, orthancPath = '' } = web
  const url = word(`${origin}${kind === 'orthanc' ? `${orthancPath}/system` : `${dicomwebPath}/studies?limit=1`}`)
  return {
    ...same('Ask its web interface by hand (401 says that it is there and wants a user)', `curl -i ${url}`),
    // Without its ending PowerShell takes it for a command of its own.
    windows: `curl.exe -i ${url}`,
  }
}

export const resolveCommand = (host: string): SystemCommand => ({
  purpose: 'Ask for the address of the name',
  windows: `nslookup ${word(host)}`,
  macos: `dscacheutil -q host -a name ${word(host)}`,
  linux: `getent ahosts ${word(host)}`,
})

/** PowerShell and the command prompt take it alike. */
const powershell = (line: string) => `powershell -NoProfile -Command "${line}"`

const WIRED = '"Wired connection 1"'
/** What is changed counts once the connection is made anew. */
const wired = (change: string) => `sudo nmcli connection modify ${WIRED} ${change} && sudo nmcli connection up ${WIRED}`

/** R108: the interface's name is the one of most computers; the addresses are what an administrator gives. */
export function staticAddressCommand(address: string, mask: string, gateway: string): SystemCommand {
  const bits = mask.split('.').reduce((sum, part) => sum + Number(part).toString(2).replaceAll('0', '').length, 0)
  return {
    purpose:
      'Set address, mask and gateway by hand, as administrator (values as the network administrator gives them; the connection may have another name)',
    windows: `netsh interface ip set address name="Ethernet" static ${address} ${mask} ${gateway}`,
    macos: `sudo networksetup -setmanual "Ethernet" ${address} ${mask} ${gateway}`,
    linux: wired(`ipv4.method manual ipv4.addresses ${address}/${bits} ipv4.gateway ${gateway}`),
  }
}

export const nameServerCommand = (): SystemCommand => ({
  purpose: 'Set the name server by hand, as administrator (as the network administrator gives it)',
  windows: 'netsh interface ip set dns name="Ethernet" static NAMESERVER',
  macos: 'sudo networksetup -setdnsservers "Ethernet" NAMESERVER',
  linux: wired('ipv4.dns NAMESERVER'),
})

export function pingCommands(host: string): SystemCommand {
  const six = isIPv6(host)
  return {
    purpose: 'Ping it',
    windows: `ping ${word(host)}`,
    macos: `${six ? 'ping6' : 'ping'} -c 4 ${word(host)}`,
    linux: `ping -c 4 ${word(host)}`,
  }
}

export const traceCommand = (host: string): SystemCommand => ({
  purpose: 'See how far it goes',
  windows: `tracert -d ${word(host)}`,
  macos: `traceroute -n ${word(host)}`,
  linux: `tracepath -n ${word(host)}`,
})

export const portCommand = (host: string, port: number): SystemCommand => ({
  purpose: 'Try the port from this computer',
  windows: powershell(`Test-NetConnection -ComputerName ${bare(host)} -Port ${port}`),
  macos: `nc -vz -G 5 ${word(host)} ${port}`,
  linux: `nc -vz -w 5 ${word(host)} ${port}`,
})

export const telnetCommand = (host: string, port: number): SystemCommand => ({
  purpose: 'The same with telnet (Windows, as administrator, adds telnet first)',
  windows: `cmd /c "dism /online /Enable-Feature /FeatureName:TelnetClient & telnet ${bare(host)} ${port}"`,
  macos: `nc ${word(host)} ${port}`,
  linux: `telnet ${word(host)} ${port}`,
})

export const whoListensCommand = (port: number): SystemCommand => ({
  purpose: 'On the server: does anything listen there?',
  windows: `netstat -ano | findstr ":${port} "`,
  macos: `sudo lsof -nP -iTCP:${port} -sTCP:LISTEN`,
  linux: `sudo ss -ltnp "sport = :${port}"`,
})

/** R115: opens a port for DICOM. `whose` says on which computer. */
export const firewallCommand = (port: number, whose: string): SystemCommand => ({
  purpose: `On ${whose}: let port ${port} in`,
  windows: `netsh advfirewall firewall add rule name="DICOM ${port}" dir=in action=allow protocol=TCP localport=${port}`,
  // Of programs, not of ports: which one listens there, its administrator knows.
  macos: 'sudo /usr/libexec/ApplicationFirewall/socketfilterfw --unblockapp /path/to/the/program',
  linux: `sudo ufw allow ${port}/tcp`,
})

export const certificateCommand = (host: string, port: number, name: string): SystemCommand =>
  same(
    'Show the certificate',
    `openssl s_client -connect ${isIPv6(host) ? `[${host}]` : word(host)}:${port}${name && isIP(name) === 0 ? ` -servername ${word(name)}` : ''} -showcerts`,
  )

const titles = ({ peer }: DiagnosisContext) => `-aet ${word(peer.callingAETitle)} -aec ${word(peer.calledAETitle)}`
const place = ({ peer }: DiagnosisContext) => `${word(peer.host)} ${peer.port}`
/** DCMTK's tools take certificates from files; only these three tools speak TLS at all. */
const tls = ({ peer }: DiagnosisContext) =>
  !peer.tls ? '' : peer.tls.identity ? '+tls key.pem certificate.pem -ic ' : '+tla -ic '

export const echoCommand = (context: DiagnosisContext): SystemCommand =>
  same('The echo alone (DCMTK)', `echoscu -v ${tls(context)}${titles(context)} ${place(context)}`)

export const findCommand = (context: DiagnosisContext, day: string): SystemCommand =>
  same(
    'The same question (DCMTK)',
    `findscu -v ${tls(context)}-S ${titles(context)} -k QueryRetrieveLevel=STUDY -k StudyDate=${day} -k StudyInstanceUID ${place(context)}`,
  )

export const storeCommand = (context: DiagnosisContext): SystemCommand =>
  same('Send a file by hand (DCMTK)', `storescu -v ${tls(context)}${titles(context)} ${place(context)} image.dcm`)

export const moveCommand = (context: DiagnosisContext, studyInstanceUID: string): SystemCommand =>
  same(
    'The same retrieve (DCMTK)',
    `movescu -v -S ${titles(context)} -aem ${word(context.peer.callingAETitle)} -k QueryRetrieveLevel=STUDY -k StudyInstanceUID=${word(studyInstanceUID)} ${place(context)}`,
  )
