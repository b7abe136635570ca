import { KeyList } from "../../reading-room/keys/key-list";
import { HelpPage, helpMetadata, Key } from "../help-page";

export const metadata = helpMetadata("Keys");

export default function HelpKeysPage() {
  return (
    <HelpPage topic="Keys">
      <p className="mb-3 max-w-[110ch] text-muted">
        Letter keys work while the pictures (blue frame) or the strip have the focus. <Key of="keys" /> in the
        reading room shows this list and switches letter keys off.
      </p>
      <KeyList />
    </HelpPage>
  );
}
