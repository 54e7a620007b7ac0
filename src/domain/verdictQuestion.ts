import { comparedNetworks } from './comparison.ts'
import type { CurveSpec } from './curveSpec.ts'
import { ofNetwork, type Verdict, verdict, words } from './verdictParts.ts'

const sameBatches = 'All see the same batches in the same order.'

/** The headline before the first step: what the run will show. */
export const questionVerdict = (networks: readonly CurveSpec[]): Verdict => {
  const compared = comparedNetworks(networks)
  const plain = curveAt(networks, compared.plain)
  const reference = curveAt(networks, compared.reference)
  const residual = curveAt(networks, compared.residual)
  if (plain === null)
    return verdict('question', null, [words('How far does each of these networks train?')], [sameBatches])

  const deep = ofNetwork(plain.index, `${plain.depth} plain layers`)
  const twin =
    residual === null
      ? ''
      : `Network ${residual.index + 1} has the layers and the initial weights of network ${plain.index + 1}, and shortcuts ${residual.shortcut} besides.`
  const parts =
    reference !== null
      ? [
          words('Will '),
          deep,
          words(' train to a lower error than '),
          ofNetwork(reference.index, String(reference.depth)),
        ]
      : residual !== null
        ? [
            words('Will '),
            deep,
            words(' train to a lower error '),
            ofNetwork(residual.index, 'with shortcuts'),
          ]
        : [words('How far will '), deep, words(' train')]
  return verdict('question', null, [...parts, words('?')], [twin, sameBatches])
}

const curveAt = (
  networks: readonly CurveSpec[],
  index: number | null,
): (CurveSpec & { readonly index: number }) | null => {
  const curve = index === null ? undefined : networks[index]
  return index === null || curve === undefined ? null : { ...curve, index }
}
