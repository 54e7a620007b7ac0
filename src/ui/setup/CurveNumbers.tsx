import { type CurveSpec, hasOption, optionsOf } from '../../domain/curveSpec.ts'
import { NumberField } from '../common/NumberField.tsx'
import { useLab, useSpec } from '../common/useLab.ts'
import { withCurve } from './editSpec.ts'
import { refusalOf } from './refusalOf.ts'

type NumberOption = 'residualScale' | 'shortcutScale' | 'gateBias' | 'dropRate' | 'cardinality' | 'groupWidth'

const labels: Readonly<Record<NumberOption, string>> = {
  residualScale: 'Factor of F',
  shortcutScale: 'Factor of the shortcut',
  gateBias: 'Gate bias at the start',
  dropRate: 'Dropout rate',
  cardinality: 'Groups',
  groupWidth: 'Channels a group',
}

/** The numbers of one network's shortcut. */
export const shortcutNumbers: readonly NumberOption[] = [
  'residualScale',
  'shortcutScale',
  'gateBias',
  'dropRate',
]
/** Those of its block as well. */
export const allNumbers: readonly NumberOption[] = ['cardinality', 'groupWidth', ...shortcutNumbers]

interface CurveNumbersProps {
  readonly index: number
  readonly curve: CurveSpec
  readonly options: readonly NumberOption[]
}

/** Fields for those numbers that mean something in this network. */
export const CurveNumbers = ({ index, curve, options }: CurveNumbersProps) => {
  const { controller } = useLab()
  const spec = useSpec((state) => state.spec)
  return options
    .filter((option) => hasOption(curve, option))
    .map((option) => (
      <NumberField
        key={option}
        label={labels[option]}
        value={optionsOf(curve)[option]}
        check={(value) => refusalOf(withCurve(spec, index, { [option]: value }))}
        onCommit={(value) => controller.edit((now) => withCurve(now, index, { [option]: value }))}
      />
    ))
}
