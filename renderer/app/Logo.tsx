/** Two films on a light box. */
export function Logo() {
  return (
    <svg width="22" height="22" viewBox="0 0 22 22" aria-hidden="true">
      <rect x="1.5" y="2.5" width="19" height="17" rx="3" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <rect x="5" y="6" width="5.5" height="10" rx="1" fill="var(--accent)" />
      <rect x="12" y="6" width="5" height="10" rx="1" fill="var(--accent)" opacity="0.4" />
    </svg>
  )
}
