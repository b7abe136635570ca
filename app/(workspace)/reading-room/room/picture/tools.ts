/** What the left mouse button does on a picture while nothing is drawn. */
export const pictureTools = ["window", "pan", "zoom", "length", "area"] as const;
export type PictureTool = (typeof pictureTools)[number];
