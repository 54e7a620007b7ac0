import type { Intervention } from '../../domain/interventions.ts'
import type { Mark } from '../../domain/run.ts'

/** Something at a step, to be drawn as a line with a few words. */
export interface ChartMark {
  readonly step: number
  /** Where a fade arrives; `step` itself for what acts at once. */
  readonly untilStep: number
  readonly text: string
  /** The same in fewer words, for a narrow chart. */
  readonly shortText: string
  /** Set for later, not yet done. */
  readonly isPlanned: boolean
}

export const interventionText = (intervention: Intervention): string => {
  if (intervention.kind === 'learningRate') return `rate ${Number(intervention.to.toPrecision(6))}`
  const { blocks, to, overSteps, network } = intervention
  const target = to === 1 ? 'on' : 'off'
  const where = `network ${network + 1}`
  const fade = `fade ${to === 1 ? 'in' : 'out'} over ${overSteps}`
  if (blocks === 'all') return overSteps > 0 ? `${fade}, ${where}` : `shortcuts ${target}, ${where}`
  const named =
    blocks.length === 1
      ? `block ${(blocks[0] ?? 0) + 1}`
      : blocks.length <= 3
        ? `blocks ${blocks.map((block) => block + 1).join(', ')}`
        : `${blocks.length} blocks`
  return overSteps > 0 ? `${named} ${fade}, ${where}` : `${named} ${target}, ${where}`
}

const markOf = (intervention: Intervention, isPlanned: boolean): ChartMark => {
  const text = interventionText(intervention)
  return {
    step: intervention.step,
    untilStep: intervention.step + (intervention.kind === 'shortcuts' ? intervention.overSteps : 0),
    text,
    shortText: text.replace(/, network (\d+)$/, ', $1'),
    isPlanned,
  }
}

/** What was done, and what is planned for steps that have not come, by step; what happens at one step is one mark. */
export const chartMarks = (
  marks: readonly Mark[],
  planned: readonly Intervention[],
  stepsTaken: number | null,
): readonly ChartMark[] => {
  const done = marks.map((mark): ChartMark => {
    if (mark.kind === 'hidden')
      return {
        step: mark.step,
        untilStep: mark.step,
        text: 'page hidden',
        shortText: 'hidden',
        isPlanned: false,
      }
    return markOf(mark.intervention, false)
  })
  const coming = planned
    .filter(({ step }) => stepsTaken === null || step >= stepsTaken)
    .map((intervention) => markOf(intervention, true))
    .filter((mark) => done.every(({ step, text }) => step !== mark.step || text !== mark.text))
  const byStep = new Map<string, ChartMark>()
  for (const mark of [...done, ...coming]) {
    const key = `${mark.step} ${mark.isPlanned}`
    const same = byStep.get(key)
    if (same === undefined) byStep.set(key, mark)
    else if (!same.text.split('; ').includes(mark.text))
      byStep.set(key, {
        ...same,
        text: `${same.text}; ${mark.text}`,
        shortText: `${same.shortText}; ${mark.shortText}`,
        untilStep: Math.max(same.untilStep, mark.untilStep),
      })
  }
  return [...byStep.values()].sort((a, b) => a.step - b.step)
}
