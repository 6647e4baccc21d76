import { ArrowUpDown, ClipboardList, List, type LucideIcon, RadioTower, ScanEye, Server, Settings } from 'lucide-react'
import type { Page } from './navigation.ts'

/** The rail, from top to bottom; its order is the order of Alt 1 to Alt 7. */
export const pageEntries: readonly { page: Page; label: string; icon: LucideIcon; key: string }[] = [
  { page: 'studies', label: 'Studies', icon: List, key: 'Alt 1' },
  { page: 'viewer', label: 'Viewer', icon: ScanEye, key: 'Alt 2' },
  { page: 'frontdesk', label: 'Front desk', icon: ClipboardList, key: 'Alt 3' },
  { page: 'transfers', label: 'Transfers', icon: ArrowUpDown, key: 'Alt 4' },
  { page: 'servers', label: 'Servers', icon: Server, key: 'Alt 5' },
  { page: 'devices', label: 'Devices', icon: RadioTower, key: 'Alt 6' },
  { page: 'settings', label: 'Settings', icon: Settings, key: 'Alt 7' },
]
