/** Version of the lab, as its archives name it: that of package.json, which a test holds it to. */
export const labVersion = '0.1.0'
