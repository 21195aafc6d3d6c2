import { useCallback, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiRefusal, NoAnswer, sendUntilKnown } from '../api.ts'
import type { Write } from '../api.ts'
import { refresh } from '../query.ts'
import { announce } from './announce.ts'

/** `checking`: no answer came, and the same request is being asked about under its id. */
export type WriteState = 'idle' | 'sending' | 'checking'

export interface Writer {
  readonly state: WriteState
  readonly busy: boolean
  /** Why the last attempt did not work; undefined again with the next. Show it with `ErrorBar`, or `form.refuse(error)` first. */
  readonly error: unknown
  /**
   * Sends a write and waits for its answer, asking again under the same request id when none comes. Resolves with the reply,
   * or undefined when it was refused. A second call while one is on its way does nothing.
   */
  readonly send: <Reply>(write: Write<Reply>) => Promise<{ readonly reply: Reply } | undefined>
  readonly clear: () => void
}

/**
 * The one way a page changes something: one request id per attempt, kept until an answer is known, so that a double click, a
 * retry or a lost answer has one effect.
 *
 * @param refreshes Paths that have to be read again afterwards, such as `/portal/v1/customers`.
 */
export function useWrite(...refreshes: string[]): Writer {
  const { t } = useTranslation()
  const [state, setState] = useState<WriteState>('idle')
  const [error, setError] = useState<unknown>()
  const running = useRef(false)
  const unanswered = useRef<{ key: string; requestId: string }>(undefined)
  const paths = refreshes.join(' ')

  const send = useCallback(
    async <Reply>(write: Write<Reply>) => {
      if (running.current) return undefined
      running.current = true
      setState('sending')
      setError(undefined)
      const key = JSON.stringify([write.method, write.path, contentOf(write.body)])
      // The same thing sent again after silence is the same attempt.
      const attempt =
        unanswered.current?.key === key ? unanswered.current : { key, requestId: crypto.randomUUID?.() ?? newId() }
      unanswered.current = attempt
      try {
        const reply = await sendUntilKnown(write, attempt.requestId, () => {
          setState('checking')
          announce(t('form.checking'))
        })
        unanswered.current = undefined
        if (paths) await refresh(...paths.split(' '))
        return { reply }
      } catch (failure) {
        if (!(failure instanceof NoAnswer)) unanswered.current = undefined
        if (!(failure instanceof ApiRefusal || failure instanceof NoAnswer)) throw failure
        setError(failure)
        return undefined
      } finally {
        running.current = false
        setState('idle')
      }
    },
    [paths, t],
  )
  const clear = useCallback(() => setError(undefined), [])
  return { state, busy: state !== 'idle', error, send, clear }
}

/** A form tells nothing about itself as JSON; a file is known by what the browser tells about it. */
function contentOf(body: unknown): unknown {
  if (!(body instanceof FormData)) return body
  return [...body].map(([name, value]) =>
    typeof value === 'string' ? [name, value] : [name, value.name, value.size, value.lastModified],
  )
}

/** `crypto.randomUUID` exists only over https and on localhost; a portal inside a company may have neither. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  const hex = Array.from(bytes, (byte, at) =>
    (at === 6 ? (byte & 0x0f) | 0x40 : at === 8 ? (byte & 0x3f) | 0x80 : byte).toString(16).padStart(2, '0'),
  ).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
