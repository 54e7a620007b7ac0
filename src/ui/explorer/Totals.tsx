import { multiplyAddsText, type NamedNetwork, parametersText } from '../../domain/architecturesCompared.ts'
import type { PublishedCount } from '../../domain/architecturesPublished.ts'

const exact = new Intl.NumberFormat('en')

interface TotalsProps {
  readonly network: NamedNetwork
  readonly published: PublishedCount | null
}

/** What a network comes to, as papers print it and exactly. */
export const Totals = ({ network, published }: TotalsProps) => {
  const { plan, table } = network
  const { parameters, multiplyAdds } = table.totals
  const { imageSize } = plan.spec
  return (
    <dl className="explorer-totals">
      <div>
        <dt>Weighted layers</dt>
        <dd>
          <span className="explorer-number">{plan.depth}</span>
        </dd>
      </div>
      <div>
        <dt>Parameters</dt>
        <dd>
          <span className="explorer-number">{parametersText(parameters)}</span> {exact.format(parameters)}
          {published === null ? null : (
            <span className="explorer-aside">
              {published.text} in {published.source}
            </span>
          )}
        </dd>
      </div>
      <div>
        <dt>Multiply-adds</dt>
        <dd title="The papers call them FLOPs: convolutions and the dense layer.">
          <span className="explorer-number">{multiplyAddsText(multiplyAdds)}</span>{' '}
          {exact.format(multiplyAdds)}{' '}
          <span className="explorer-aside">
            for an image of {imageSize}×{imageSize}
          </span>
        </dd>
      </div>
    </dl>
  )
}
