export interface FirewallCommand {
  system: 'Windows' | 'macOS' | 'Linux (ufw)' | 'Linux (firewalld)' | 'Linux (nftables)'
  command: string
  /** What to know before it is run. */
  note: string
}

const MAC_FIREWALL = 'sudo /usr/libexec/ApplicationFirewall/socketfilterfw'

/** R115: what opens the port on this computer, with the real number, and the program that listens, in. */
export function firewallCommands(port: number, program: string): FirewallCommand[] {
  return [
    {
      system: 'Windows',
      command: `netsh advfirewall firewall add rule name="${ruleName(port)}" dir=in action=allow protocol=TCP localport=${port}`,
      note: 'In a command prompt that was started as administrator.',
    },
    {
      system: 'macOS',
      command: `${MAC_FIREWALL} --add "${program}" && ${MAC_FIREWALL} --unblockapp "${program}"`,
      note: 'macOS allows programs, not ports.',
    },
    { system: 'Linux (ufw)', command: `sudo ufw allow ${port}/tcp comment 'DICOM'`, note: 'Ubuntu, Debian with ufw.' },
    {
      system: 'Linux (firewalld)',
      command: `sudo firewall-cmd --permanent --add-port=${port}/tcp && sudo firewall-cmd --reload`,
      note: 'Fedora, RHEL, SUSE.',
    },
    {
      system: 'Linux (nftables)',
      command: `sudo nft add rule inet filter input tcp dport ${port} accept`,
      note: 'Where the table is inet filter, as in Debian. Write it into /etc/nftables.conf too, or it is gone at the next start.',
    },
  ]
}

/** The rule is looked for under this name. */
export function ruleName(port: number): string {
  return `Negatoscope DICOM ${port}`
}
