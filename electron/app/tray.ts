import type { MenuItemConstructorOptions } from 'electron'
import type { Status } from '#shared/contract/settings.ts'

export interface TrayInput {
  listening: Status['listening']
  keepsReceiving: boolean
  /** Undefined where the system offers no start at login that we know. */
  startsAtLogin: boolean | undefined
  open(): void
  setKeepsReceiving(on: boolean): void
  setStartsAtLogin(on: boolean): void
  quit(): void
}

/** R048: what the icon beside the clock offers while the window is closed. */
export function trayTemplate(input: TrayInput): MenuItemConstructorOptions[] {
  const { startsAtLogin } = input
  return [
    { label: listeningText(input.listening), enabled: false },
    { type: 'separator' },
    { label: 'Open Negatoscope', click: () => input.open() },
    {
      label: 'Receive while the window is closed',
      type: 'checkbox',
      checked: input.keepsReceiving,
      click: () => input.setKeepsReceiving(!input.keepsReceiving),
    },
    ...(startsAtLogin === undefined
      ? []
      : [
          {
            label: 'Start when I sign in',
            type: 'checkbox' as const,
            checked: startsAtLogin,
            click: () => input.setStartsAtLogin(!startsAtLogin),
          },
        ]),
    { type: 'separator' },
    { label: 'Quit', click: () => input.quit() },
  ]
}

export function listeningText(listening: Status['listening']): string {
  if (listening.state === 'failed') return 'Not receiving'
  if (listening.state === 'not-yet') return 'Not receiving yet: confirm AE title and port'
  return `Receiving as ${listening.aeTitle} on port ${listening.port}`
}
