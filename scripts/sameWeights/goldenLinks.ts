export interface GoldenLink {
  /** What it trains, a few words. */
  readonly name: string
  /** The part of the link after the #. */
  readonly hash: string
  /** Digest of the weights that it ends with, in every browser. */
  readonly weightsDigest: string
}

/**
 * Links that take seconds and together use most of what a link can say. Their digests change only where the meaning of every link
 * changes, which is what they are here to prevent: a new one is no update of a test but a break with all links that were shared.
 */
export const goldenLinks: readonly GoldenLink[] = [
  {
    name: 'the default networks',
    hash: 'v=1&preset=default&steps=12&warmup=4&backend=wasm',
    weightsDigest: '18aa5e49c4ff7d84',
  },
  {
    name: 'fractals, moved and faded',
    hash: [
      'v=1&preset=default&data=fractals&size=16&images=1000&validation=500&augment=1&seed=7&backend=wasm',
      'nets=A-20~bottleneck~full-preact,shortcut-gate-14,dropout-14,plain-14',
      'steps=8&batch=32&rate=0.1&warmup=2&schedule=cosine&every=4',
      'do=2:off:1:all:4;3:off:3:1,3;5:on:4:all;6:rate:0.02',
    ].join('&'),
    weightsDigest: '47481a76e96cda6e',
  },
  {
    name: 'shapes, other starts',
    hash: [
      'v=1&preset=default&data=shapes&size=12&images=500&validation=500&seed=4242&backend=wasm&width=4',
      'nets=A-20~resnext,A-14~no-bn~skipinit,plain-14~dirac,B-14~zero-gamma,C-14~bn-after-add,scaled-14~f0.5~s0.5',
      'steps=6&batch=48&rate=0.02&warmup=2&schedule=step',
    ].join('&'),
    weightsDigest: '67e21a98197c7f57',
  },
]
