import { NothingHere } from "@/app/_ui/nothing-here";

/** Keeps the navigation around it. */
export default function NotFound() {
  return <NothingHere />;
}
