/** What stands between the axes while there is no curve yet. */
export const CurvesNote = () => (
  <p className="curves-note">
    Here each network's error appears as it learns: thin on the training batches, bold on images that it is
    never trained on.
  </p>
)
