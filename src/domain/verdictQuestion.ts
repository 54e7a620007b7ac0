import { comparedNetworks } from './comparedNetworks.ts'
import { type CurveSpec, optionsOf } from './curveSpec.ts'
import { ofNetwork, type Verdict, verdict, words } from './verdictParts.ts'
import { additionsOf, listText, withText } from './verdictWords.ts'

const sameBatches = 'All see the same batches in the same order.'

/** The headline before the first step: what the run will show. */
export const questionVerdict = (networks: readonly CurveSpec[]): Verdict => {
  const compared = comparedNetworks(networks)
  const plain = curveAt(networks, compared.plain)
  const reference = curveAt(networks, compared.reference)
  const twin = curveAt(networks, compared.twin)
  if (plain === null || (reference === null && twin === null))
    return verdict('question', null, [words('How far does each of these networks train?')], [sameBatches])

  const than =
    reference !== null
      ? [words('than '), ofNetwork(reference.index, String(reference.depth))]
      : twin !== null
        ? [ofNetwork(twin.index, withText(plain, twin))]
        : []
  const deep = ofNetwork(plain.index, `${plain.depth} plain layers`)
  return verdict(
    'question',
    null,
    [words('Will '), deep, words(' train to a lower error '), ...than, words('?')],
    [twin === null ? '' : sharedText(plain, twin), sameBatches],
  )
}

interface CurveAt extends CurveSpec {
  readonly index: number
}

/** What the twin has in common with the plain network: tensors of one name start alike in both, but where its start is the remedy. */
const sharedText = (plain: CurveAt, twin: CurveAt): string => {
  const [shared, other] = [`Network ${twin.index + 1} has the layers`, `of network ${plain.index + 1}`]
  const additions = listText(additionsOf(plain, twin))
  const [before, after] = [optionsOf(plain), optionsOf(twin)]
  return before.initialisation === after.initialisation && before.batchNorm === after.batchNorm
    ? `${shared} and the initial weights ${other}, and ${additions} besides.`
    : `${shared} ${other}, but with ${additions}.`
}

const curveAt = (networks: readonly CurveSpec[], index: number | null): CurveAt | null => {
  const curve = index === null ? undefined : networks[index]
  return index === null || curve === undefined ? null : { ...curve, index }
}
