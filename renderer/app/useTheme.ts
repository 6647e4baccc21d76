import { useEffect } from 'react'
import { useSettings } from '../api/workstation.ts'

const REMEMBERED = 'negatoscope.theme'

/** Puts theme and density on the document. The last theme is remembered here, so that a reload never flashes another one. */
export function useTheme(): void {
  const settings = useSettings()?.settings
  const theme = settings?.theme
  const density = settings?.density
  useEffect(() => {
    if (density) document.documentElement.dataset.density = density
  }, [density])
  useEffect(() => {
    const wanted = theme ?? localStorage.getItem(REMEMBERED) ?? 'dark'
    if (theme) localStorage.setItem(REMEMBERED, theme)
    const light = matchMedia('(prefers-color-scheme: light)')
    const apply = () => {
      document.documentElement.dataset.theme = wanted === 'system' ? (light.matches ? 'light' : 'dark') : wanted
    }
    apply()
    light.addEventListener('change', apply)
    return () => light.removeEventListener('change', apply)
  }, [theme])
}
