const ordinals = ['first', 'second', 'third']

/** Parts of a layer's name that stand for one thing each. */
const parts: Readonly<Record<string, string>> = {
  stem: 'the stem',
  head: 'the head',
  input: 'the input',
  logits: 'the logits',
  conv: 'convolution',
  bn: 'batch norm',
  relu: 'ReLU',
  pool: 'pooling',
  dense: 'dense layer',
  bias: 'bias',
  projection: 'projection',
  gate: 'gate',
  shortcut: 'shortcut',
  dropout: 'dropout',
  multiplier: 'multiplier',
  addition: 'after the addition',
  sum: 'addition',
  gamma: 'gamma',
  beta: 'beta',
  mean: 'mean',
  variance: 'variance',
  // Of a Dirac kernel.
  identity: 'weight of the identity',
  scale: 'weight of the kernel',
}

/** Parts that are counted: stages and blocks by their number, layers by its ordinal. */
const countedPart = (name: string, number: number): string | null => {
  if (name === 'stage' || name === 'block') return `${name} ${number}`
  const layer = name === 'conv' || name === 'bn' || name === 'relu' ? parts[name] : undefined
  const ordinal = ordinals[number - 1]
  return layer === undefined || ordinal === undefined ? null : `${ordinal} ${layer}`
}

const partWords = (part: string): string | null => {
  const [, name = '', digits] = /^([a-z]+)(\d+)?$/.exec(part) ?? []
  if (digits !== undefined) return countedPart(name, Number(digits))
  return Object.hasOwn(parts, name) ? (parts[name] ?? null) : null
}

/**
 * Where in a network a layer, a tensor or an activation of `planLayers` is, as it stands after "in": `stage2.block3.conv1` is "stage 2,
 * block 3, first convolution". A name that is not understood to its end is given as it is.
 */
export const layerWords = (name: string): string => {
  const words = name.split('.').map(partWords)
  return words.every((part) => part !== null) ? words.join(', ') : name
}
