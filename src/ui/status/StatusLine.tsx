import './status.css'
import { useMemo } from 'react'
import { costOf } from '../../domain/cost.ts'
import { reproducibilitySentence } from '../../domain/reproducibility.ts'
import type { FairnessChecks } from '../../domain/run.ts'
import { formatCount, formatRate } from '../common/format.ts'
import { Icon } from '../common/Icon.tsx'
import { useLab, useRuns, useSpec } from '../common/useLab.ts'
import { useSeriesTick } from '../common/useSeriesTick.ts'
import { DeviceTip } from './DeviceTip.tsx'
import { Tip } from './Tip.tsx'
import { WeightsDigest } from './WeightsDigest.tsx'

/** What the lab checked and what trains here. */
export const StatusLine = () => {
  const checks = useRuns((state) => state.run?.checks ?? null)
  const device = useRuns((state) => state.run?.device ?? null)
  const digest = useRuns((state) => state.run?.weightsDigest ?? null)
  const isChanged = useRuns((state) => state.specChangedSinceStart)
  const runSpec = useRuns((state) => state.run?.spec)
  const setUp = useSpec((state) => state.spec)
  const spec = runSpec ?? setUp
  return (
    <footer className="status">
      <Fairness checks={checks} />
      {device === null ? null : (
        <>
          <DeviceTip device={device} />
          <Tip label={`reproducible: ${device.reproducible ? 'yes' : 'no'}`}>
            {reproducibilitySentence({ device, source: spec.dataset.source })}
          </Tip>
        </>
      )}
      {device === null || digest === null ? null : (
        <WeightsDigest
          digest={digest}
          repetition={{ device, source: spec.dataset.source }}
          isOfFormerSetUp={isChanged}
        />
      )}
      <span title="Decides the initial weights, the order of the batches and the images that are drawn here">
        seed {spec.seed}
      </span>
      <Parameters counted={checks?.parameters ?? null} />
      <MeanPace />
      <span className="status__private">nothing leaves this browser</span>
    </footer>
  )
}

const Fairness = ({ checks }: { readonly checks: FairnessChecks | null }) => {
  if (checks === null) return <span>same initial weights, same batches: checked before the first step</span>
  const { sameInitialWeights, sameBatches } = checks
  const holds = sameInitialWeights !== false && sameBatches
  const what = sameInitialWeights === null ? 'same batches' : 'same initial weights, same batches'
  return (
    <span className={holds ? 'status__check status__check--yes' : 'status__check status__check--no'}>
      <Icon name={holds ? 'check' : 'alert'} />
      {what}: {holds ? 'yes' : 'no'}
    </span>
  )
}

const Parameters = ({ counted }: { readonly counted: readonly number[] | null }) => {
  const spec = useSpec((state) => state.spec)
  const planned = useMemo(() => costOf(spec).networks.map((network) => network.parameters), [spec])
  const parameters = counted ?? planned
  return <span>{parameterWords(parameters)} parameters</span>
}

/** Of many networks only the smallest and the largest: the line is short. */
const parameterWords = (parameters: readonly number[]): string => {
  const [smallest, largest] = [Math.min(...parameters), Math.max(...parameters)].map(formatCount)
  if (smallest === largest) return `${smallest}`
  return parameters.length > 3 ? `${smallest} to ${largest}` : parameters.map(formatCount).join(', ')
}

const MeanPace = () => {
  useSeriesTick(1000)
  const { series } = useLab()
  const hasRun = useRuns((state) => state.run !== null)
  const steps = series.steps().at(-1)?.step ?? 0
  const seconds = series.seconds()
  if (!hasRun || steps < 2 || seconds <= 0) return null
  return <span>{formatRate(steps / seconds)} steps/s on average</span>
}
