/** Added to every variance (Ioffe & Szegedy 2015; He et al.'s value). tfjs's own default is 1e-3. */
export const normEpsilon = 1e-5

/** Share of the old value that a running statistic keeps at each step (the "momentum" of batch normalisation). */
export const statisticsMomentum = 0.9
