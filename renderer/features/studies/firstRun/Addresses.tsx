import css from './FirstRun.module.css'

/** The values that a scanner's technician types: shown, not edited. */
export function Addresses({ addresses }: { addresses: readonly { address: string; interface: string }[] }) {
  return (
    <div>
      <h3 className={css.label}>Address to give to others</h3>
      <ul className={css.addresses} data-selectable>
        {addresses.map(({ address, interface: name }) => (
          <li key={`${name} ${address}`}>
            <span className="mono">{address}</span> <span className="faint">{name}</span>
          </li>
        ))}
        {addresses.length === 0 && <li className="faint">This computer is on no network now.</li>}
      </ul>
      <p className={css.help}>{helpOf(addresses)}</p>
    </div>
  )
}

function helpOf(addresses: readonly { address: string }[]): string {
  if (addresses.length > 0 && addresses.every(({ address }) => isLoopback(address)))
    return 'Only programs on this computer reach it there.'
  return 'It can change with DHCP. Ask your network administrator to reserve it.'
}

function isLoopback(address: string): boolean {
  return address.startsWith('127.') || address === '::1'
}
