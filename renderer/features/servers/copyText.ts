import { Copy } from 'lucide-react'
import { showToast } from '../../ui/toast.ts'

export async function copyText(text: string, message = 'Copied'): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    showToast({ icon: Copy, message })
  } catch {
    showToast({ tone: 'warn', message: 'The browser does not let us copy. Select the text and copy it by hand.' })
  }
}
