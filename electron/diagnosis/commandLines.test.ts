import { expect, test } from 'vitest'
import { nameServerCommand, portCommand, staticAddressCommand, telnetCommand } from './commandLines.ts'

test('lines for Windows are taken by PowerShell and by the command prompt', () => {
  expect(portCommand('10.0.4.12', 104).windows).toBe(
    'powershell -NoProfile -Command "Test-NetConnection -ComputerName 10.0.4.12 -Port 104"',
  )
  expect(telnetCommand('pacs.clinic', 104).windows).toMatch(/^cmd \/c ".* & telnet pacs\.clinic 104"$/)
})

test('a host that could end its quotes is left for the person to type', () => {
  for (const host of ['x" & calc "', 'x; calc', "x' calc", '$(calc)', 'x&calc', 'a b']) {
    expect(portCommand(host, 104).windows, host).toContain('-ComputerName VALUE -Port')
    expect(telnetCommand(host, 104).windows, host).toMatch(/ & telnet VALUE 104"$/)
  }
})

test('on Linux what is changed counts at once', () => {
  const { linux } = staticAddressCommand('10.0.4.31', '255.255.252.0', '10.0.4.1')
  expect(linux).toContain('ipv4.addresses 10.0.4.31/22 ipv4.gateway 10.0.4.1 && sudo nmcli connection up')
  expect(nameServerCommand().linux).toContain('connection up')
})
