import { useSettings } from '../../api/workstation.ts'

/** Images lie on black in every theme, so what stands beside them is dark; in high contrast it is that. */
export function useOverImageTheme(): 'dark' | 'high-contrast' {
  return useSettings()?.settings.theme === 'high-contrast' ? 'high-contrast' : 'dark'
}
