import type { Intervention } from '../domain/interventions.ts'
import type { Run } from '../domain/run.ts'

export interface FigureMark {
  readonly step: number
  readonly text: string
}

/** What was done at which step of the run, in words; the same thing planned and done is told once. */
export const figureMarks = ({ marks }: Pick<Run, 'marks'>): readonly FigureMark[] => {
  const byStep = new Map<number, string[]>()
  for (const mark of marks) {
    const text = mark.kind === 'hidden' ? 'page in the background' : interventionText(mark.intervention)
    const texts = byStep.get(mark.step) ?? []
    if (!texts.includes(text)) byStep.set(mark.step, [...texts, text])
  }
  return [...byStep].sort(([a], [b]) => a - b).map(([step, texts]) => ({ step, text: texts.join('; ') }))
}

const interventionText = (intervention: Intervention): string => {
  if (intervention.kind === 'learningRate') return `learning rate ${Number(intervention.to.toPrecision(6))}`
  const { network, blocks, to, overSteps } = intervention
  const which =
    blocks === 'all'
      ? 'shortcuts'
      : blocks.length === 1
        ? `shortcut ${(blocks[0] ?? 0) + 1}`
        : `${blocks.length} shortcuts`
  const how =
    overSteps > 0 ? `fade ${to === 1 ? 'in' : 'out'} over ${overSteps} steps` : to === 1 ? 'on' : 'off'
  return `network ${network + 1}: ${which} ${how}`
}
