/** A prediction whose confidence is below this needs review: it is flagged, and its confidence is called low. */
export const reviewBelow = 0.8;
