import { memo } from 'react'
import { type ExperimentSpec, evaluationImages } from '../../domain/experimentSpec.ts'
import { finalMinibatches } from '../../domain/run.ts'
import { Icon } from '../common/Icon.tsx'
import { Popover } from '../common/Popover.tsx'

/** What the lines and the numbers are, where one looks at them. */
export const CurvesHelp = memo(({ spec }: { spec: ExperimentSpec }) => (
  <Popover
    heading="How to read the curves"
    name="How to read the curves"
    title="How to read the curves"
    className="curves-help"
    buttonClass="curves-helpButton"
    label={<Icon name="help" />}
  >
    <dl>
      <dt>
        <LineSample width={1.3} /> Training error, thin
      </dt>
      <dd>
        Each minibatch’s error, measured just before its update and with its own batch statistics. The line is
        a mean over the recent past; every single minibatch stays visible as the faint line behind it.
      </dd>
      <dt>
        <LineSample width={3} /> Validation error, bold
      </dt>
      <dd>
        Error on {Math.min(evaluationImages, spec.dataset.validationImages)} fixed images that no network is
        trained on, every {spec.evaluateEvery} steps, with batch-norm statistics recomputed for the weights of
        that moment.
      </dd>
      <dt>Why can bold lie below thin?</dt>
      <dd>
        Thin looks back to when the network was worse; bold is of now. To compare like with like, point at the
        chart: it also tells the error on {Math.min(evaluationImages, spec.dataset.trainingImages)} fixed{' '}
        <em>training</em> images, measured as validation is.
      </dd>
      <dt>The number beside each network</dt>
      <dd>
        Its training error as the verdict counts it: the mean of the last {finalMinibatches} minibatches. With
        ten classes, guessing is wrong 90 % of the time: that is <em>chance</em>.
      </dd>
    </dl>
  </Popover>
))

const LineSample = ({ width }: { width: number }) => (
  <svg width="22" height="8" aria-hidden="true">
    <path d="M0 4H22" stroke="currentColor" strokeWidth={width} />
  </svg>
)
