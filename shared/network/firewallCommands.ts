export type FirewallSystem = 'Windows' | 'macOS' | 'Linux (ufw)' | 'Linux (firewalld)' | 'Linux (nftables)'

export interface FirewallCommand {
  system: FirewallSystem
  /** One a port, or one for the program. */
  commands: string[]
  /** What to know before it is run. */
  note: string
}

const MAC_FIREWALL = 'sudo /usr/libexec/ApplicationFirewall/socketfilterfw'

/** R115: what opens the ports on this computer, with the real numbers, and the program that listens, in. */
export function firewallCommands(ports: readonly number[], program: string): FirewallCommand[] {
  return [
    {
      system: 'Windows',
      commands: ports.map(
        (port) =>
          `netsh advfirewall firewall add rule name="${ruleName(port)}" dir=in action=allow protocol=TCP localport=${port}`,
      ),
      note: 'In a command prompt that was started as administrator.',
    },
    {
      system: 'macOS',
      commands: [`${MAC_FIREWALL} --add "${program}" && ${MAC_FIREWALL} --unblockapp "${program}"`],
      note: 'macOS allows programs, not ports.',
    },
    {
      system: 'Linux (ufw)',
      commands: ports.map((port) => `sudo ufw allow ${port}/tcp comment 'DICOM'`),
      note: 'Ubuntu, Debian with ufw.',
    },
    {
      system: 'Linux (firewalld)',
      commands: [
        `sudo firewall-cmd --permanent ${ports.map((port) => `--add-port=${port}/tcp`).join(' ')} && sudo firewall-cmd --reload`,
      ],
      note: 'Fedora, RHEL, SUSE.',
    },
    {
      system: 'Linux (nftables)',
      commands: ports.map((port) => `sudo nft add rule inet filter input tcp dport ${port} accept`),
      note: 'Where the table is inet filter, as in Debian. Write it into /etc/nftables.conf too, or it is gone at the next start.',
    },
  ]
}

/** The rule is looked for under this name. */
export function ruleName(port: number): string {
  return `Negatoscope DICOM ${port}`
}
