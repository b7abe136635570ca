import { HelpPage, helpMetadata, Key, Steps } from "../help-page";

export const metadata = helpMetadata("Draw");

export default function HelpDrawPage() {
  return (
    <HelpPage topic="Draw">
      <Steps>
        <li>
          <b>Choose a tool</b>: <Key of="tool-brush" /> brush, <Key of="tool-eraser" /> eraser,{" "}
          <Key of="tool-threshold" /> threshold brush, <Key of="tool-polygon" /> polygon or freehand,{" "}
          <Key of="tool-flood" /> flood fill. Draw with the left button; with Alt held, the tool takes away.
        </li>
        <li>
          <Key of="smaller" /> <Key of="larger" /> change the brush. Threshold brush and flood fill take gray
          values within the tolerance that the bar above the pictures shows.
        </li>
        <li>
          <b>Begin from a mask</b>: a drawing begins with the mask on file. <Key of="accept-and-edit" />{" "}
          begins with the model’s, <Key of="copy-before" /> copies the previous slice’s.
        </li>
        <li>
          <Key of="interpolate" /> fills the slices between two drawn ones, <Key of="fill-holes" /> fills
          holes, <Key of="clear-mask" /> clears the mask.
        </li>
        <li>
          <Key of="undo" /> and <Key of="redo" /> undo and redo a stroke, also after the page was closed.
        </li>
        <li>
          <b>A drawing is no label yet.</b> It is a draft: this browser keeps it at once, the server seconds
          later. The bar above the pictures says where it is kept, the toolbar lists the slices that are not
          saved.
        </li>
        <li>
          <Key of="submit" /> saves the drawing as a label; a drawing with everything erased says no tumor.{" "}
          <Key of="save-drawings" /> saves all drawn slices of the study. Discard drops the drawing.
        </li>
        <li>
          <Key of="back-to-window" /> goes back to the window tool. <Key of="tool-length" /> and{" "}
          <Key of="tool-area" /> measure a distance and an area; measurements are not stored.
        </li>
        <li>Others who open the study see that you draw on a slice.</li>
      </Steps>
    </HelpPage>
  );
}
