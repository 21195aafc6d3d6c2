/** Kanal's mark: one stream that parts into two. Decoration; the name stands beside it. */
export function Mark({ size }: { size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden focusable="false" style={{ flexShrink: 0 }}>
      <rect width="32" height="32" rx="7" fill="#0a7575" />
      <path
        d="M9 7v18M9 16h5c4 0 4-7 9-7M14 16c5 0 5 7 9 7"
        fill="none"
        stroke="#fff"
        strokeWidth="3"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  )
}
