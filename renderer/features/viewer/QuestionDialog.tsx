import { useState } from 'react'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { dismiss, type Question, useQuestion } from './question.ts'

const MAXIMUM_WORDS = 256
const MAXIMUM_MM = 10_000

export function QuestionDialog() {
  const question = useQuestion((state) => state.question)
  if (!question) return null
  return question.kind === 'words' ? <WordsDialog question={question} /> : <MillimetresDialog question={question} />
}

function WordsDialog({ question }: { question: Extract<Question, { kind: 'words' }> }) {
  const [words, setWords] = useState(question.value)
  const text = words.trim()
  const tooLong = text.length > MAXIMUM_WORDS
  const ready = (question.optional || text !== '') && !tooLong
  const submit = () => {
    if (!ready) return
    dismiss()
    question.onAnswer(text)
  }
  return (
    <Dialog title={question.title} onClose={dismiss} width={380} footer={<Buttons ready={ready} onSubmit={submit} />}>
      <TextField
        label={question.optional ? 'Words (may stay empty)' : 'Words'}
        value={words}
        onChange={setWords}
        autoFocus
        onKeyDown={(event) => event.key === 'Enter' && submit()}
        error={tooLong ? `${MAXIMUM_WORDS} characters at most.` : undefined}
      />
    </Dialog>
  )
}

function MillimetresDialog({ question }: { question: Extract<Question, { kind: 'millimetres' }> }) {
  const [typed, setTyped] = useState('')
  const millimetres = Number(typed.trim().replace(',', '.'))
  const ready = millimetres > 0 && millimetres <= MAXIMUM_MM
  const submit = () => {
    if (!ready) return
    dismiss()
    question.onAnswer(millimetres)
  }
  return (
    <Dialog title="Calibrate" onClose={dismiss} width={420} footer={<Buttons ready={ready} onSubmit={submit} />}>
      <TextField
        label="Length of the line"
        value={typed}
        onChange={setTyped}
        autoFocus
        inputMode="decimal"
        trailing="mm"
        onKeyDown={(event) => event.key === 'Enter' && submit()}
        error={typed !== '' && !ready ? 'A length in millimetres, more than 0 and at most 10 000.' : undefined}
        help="Every length on this image is then told by this line, which must lie in the plane that is measured. Delete it from the list to go back."
      />
    </Dialog>
  )
}

function Buttons({ ready, onSubmit }: { ready: boolean; onSubmit(): void }) {
  return (
    <>
      <Button onClick={dismiss}>Cancel</Button>
      <Button variant="primary" disabled={!ready} onClick={onSubmit} keyHint="Enter">
        Set
      </Button>
    </>
  )
}
