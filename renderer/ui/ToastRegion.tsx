import { X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button } from './Button.tsx'
import { IconButton } from './IconButton.tsx'
import css from './Toast.module.css'
import { useToast } from './toast.ts'

const SHOWN_MS = 8000

/** Bottom left; bottom right, on the viewer's panel, where the rest is images. */
export function ToastRegion({ corner }: { corner: 'left' | 'right' }) {
  const { current, dismiss } = useToast()
  const [held, setHeld] = useState(false)
  useEffect(() => {
    if (!current || held) return
    const timer = setTimeout(() => dismiss(current.id), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [current, dismiss, held])
  const Icon = current?.icon
  return (
    <section
      aria-label="Notifications"
      aria-live="polite"
      className={css.region}
      data-corner={corner}
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
    >
      {current && (
        <div className={css.toast} data-tone={current.tone ?? 'neutral'}>
          {Icon && <Icon size={16} strokeWidth={1.75} aria-hidden="true" />}
          <span className={css.message}>{current.message}</span>
          {current.action && (
            <Button
              size="small"
              keyHint={current.action.undo ? 'Ctrl Z' : undefined}
              onClick={() => {
                dismiss(current.id)
                current.action?.onAct()
              }}
            >
              {current.action.label}
            </Button>
          )}
          <IconButton label="Dismiss" icon={X} size="small" onClick={() => dismiss(current.id)} />
        </div>
      )}
    </section>
  )
}
